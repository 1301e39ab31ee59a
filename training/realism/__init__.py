"""How far simulated pictures are from real ones: a diagnosis, never a loss and never saved."""
