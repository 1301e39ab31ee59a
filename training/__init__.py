"""Simulation, training and measurement."""
