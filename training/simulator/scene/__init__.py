"""What the beam goes through: bodies, containers, vehicles, and their line integrals."""
