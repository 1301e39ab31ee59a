"""The demonstration: the real service on this machine, with simulated sites around it."""
