"""Imaging on arrays: attenuation, quality, containers, tiles."""
