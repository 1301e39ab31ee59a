"""Imaging on arrays: attenuation, quality, containers, tiles."""

from riac.imaging.preparing import prepare

__all__ = ["prepare"]
