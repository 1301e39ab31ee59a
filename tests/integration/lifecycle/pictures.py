"""Phantom scans of a few known containers, small enough to be quick."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from training.simulator.scanning import Scanner, encode_tiff, expose, phantom_jpeg
from training.simulator.trucks import Tampering, TamperingKind, Truck, build_scene

_SCANNER = Scanner(pitch_mm=(9.0, 6.0), speed_error=0.02)
_LOADED = Truck("0805", seed=21, length_ft=20)
_OTHER = Truck("0901", seed=24, length_ft=20)
_EMPTY = Truck("", seed=22, length_ft=20)
_HIDDEN = Tampering(TamperingKind.INSERTION, (0.5, 0.4), (900.0, 800.0), areal=60.0)


class Pictures:
    """Files as a scanner delivers them; no two are alike, or they would be replays."""

    def __init__(self) -> None:
        self._seeds = count(1)
        self._empty = build_scene(_EMPTY)
        hiding = replace(_EMPTY, trailer_seed=3, tampering=(_HIDDEN,))
        self._hiding = build_scene(hiding)
        self._loaded = build_scene(_LOADED)
        self._other = build_scene(_OTHER)

    def empty(self) -> bytes:
        """Scan an empty box; 16-bit TIFF."""
        return encode_tiff(expose(self._empty, _SCANNER, seed=next(self._seeds)))

    def hiding(self) -> bytes:
        """Scan the same box with something in it."""
        return encode_tiff(expose(self._hiding, _SCANNER, seed=next(self._seeds)))

    def loaded(self) -> bytes:
        """Scan a box of citrus fruit."""
        return encode_tiff(expose(self._loaded, _SCANNER, seed=next(self._seeds)))

    def other_load(self) -> bytes:
        """Scan a box of coffee."""
        return encode_tiff(expose(self._other, _SCANNER, seed=next(self._seeds)))

    def rendered(self) -> bytes:
        """Scan it for a screen; 8-bit JPEG."""
        return phantom_jpeg(_LOADED, seed=next(self._seeds))
