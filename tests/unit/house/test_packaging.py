"""The wheel is the library alone; every package in use here is this checkout's own."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("name", ["riac", "models", "image_library", "training", "serve"])
def test_a_package_is_imported_from_this_tree(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__file__ is not None
    assert Path(module.__file__).resolve().is_relative_to(ROOT / name)


def built(kind: str, folder: Path) -> dict[str, int]:
    """Return the names in a wheel of this tree and the mode of each."""
    build = f"import hatchling.build as b, sys; b.build_{kind}(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, str(folder)], cwd=ROOT, check=True)
    (wheel,) = folder.glob("*.whl")
    return {entry.filename: entry.external_attr >> 16 for entry in ZipFile(wheel).filelist}


def test_the_wheel_carries_riac_alone_with_its_data_and_no_script(tmp_path: Path) -> None:
    names = [name for name in built("wheel", tmp_path) if ".dist-info/" not in name]
    assert {name.split("/")[0] for name in names} == {"riac"}
    assert {"riac/hs2022_codes.txt", "riac/policy/default.toml"} <= set(names)


def test_the_editable_install_adds_the_command(tmp_path: Path) -> None:
    wheel = built("editable", tmp_path)
    (command,) = [name for name in wheel if name.endswith(".data/scripts/riac")]
    # Not every installer makes scripts executable that are not so in the tree.
    assert wheel[command] & 0o111 == 0o111
    # Installers put the environment's own interpreter in the place of this line.
    (file,) = tmp_path.glob("*.whl")
    assert ZipFile(file).read(command).startswith(b"#!python\n")
