"""Standard images: entries, catalogue, FAISS index, immutable snapshots, building."""

from image_library.building import (
    BuildProgress,
    Reference,
    add_references,
    build_library,
    read_references,
    renew_library,
)
from image_library.catalogue import Catalogue
from image_library.entry import EmbeddedEntry, Entry
from image_library.snapshot import Snapshot, decode_png, open_library, open_snapshot, write_snapshot

__all__ = [
    "BuildProgress",
    "Catalogue",
    "EmbeddedEntry",
    "Entry",
    "Reference",
    "Snapshot",
    "add_references",
    "build_library",
    "decode_png",
    "open_library",
    "open_snapshot",
    "read_references",
    "renew_library",
    "write_snapshot",
]
