"""Why a demonstration cannot start or go on; each message is meant for the terminal."""

from __future__ import annotations


class DemonstrationError(Exception):
    """The demonstration cannot start, or cannot go on."""


class ChildFailedError(DemonstrationError):
    """A part of the service ended by itself; the message has the end of its log."""


class SupplyError(DemonstrationError):
    """The folder of recorded scans is not laid out as it should be, or holds too little."""


class NoRoomError(DemonstrationError):
    """The disk has too little room."""
