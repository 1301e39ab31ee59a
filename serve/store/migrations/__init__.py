"""The schema's history, applied by `riac migrate`."""
