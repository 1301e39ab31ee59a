"""Evidence to a decision."""
