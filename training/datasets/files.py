"""Samples in files: arrays of some samples with what is said of each, made once and kept."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from rich.progress import track

from training.simulator.parallel import cores, in_order

Task = TypeVar("Task")
Sample = TypeVar("Sample")

Arrays = Mapping[str, NDArray[np.generic]]
About = Mapping[str, object]


def write_arrays(path: Path, samples: Sequence[tuple[Arrays, About]]) -> None:
    """Write arrays, by name, and what is said of each sample; the file is whole or is not there."""
    named = {
        f"{name}{number}": array
        for number, (arrays, _) in enumerate(samples)
        for name, array in arrays.items()
    }
    text = json.dumps([about for _, about in samples])
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as stream:
        np.savez_compressed(
            stream,
            about=np.frombuffer(text.encode(), np.uint8),
            **named,  # type: ignore[arg-type]
        )
    unfinished.rename(path)


def read_arrays(path: Path, *names: str) -> Iterator[tuple[list[NDArray[Any]], dict[str, Any]]]:
    """Read the arrays of these names, and what is said, sample by sample.

    Raises:
        ValueError: the file holds no such arrays.
    """
    with np.load(path) as stored:
        for number, about in enumerate(json.loads(stored["about"].tobytes())):
            for name in names:
                if f"{name}{number}" not in stored:
                    raise ValueError(
                        f"{path} holds no {name!r}: made before there was any, make it anew"
                    )
            yield [stored[f"{name}{number}"] for name in names], about


def read_parted(
    folders: Sequence[Path],
    read: Callable[[Path], Iterable[Sample]],
    *,
    pattern: str,
    every: int,
) -> tuple[list[Sample], list[Sample]]:
    """Read the samples to train on and those held out: of every so manieth task, by its number.

    Args:
        folders: of files whose names end in a dash and the number of their task.
        read: the samples of one file.
        pattern: of the files' names.
        every: one task of so many is held out.

    Raises:
        ValueError: a folder holds too few files.
    """
    files = []
    for folder in folders:
        found = sorted(folder.glob(pattern))
        if len(found) < every:
            raise ValueError(f"{folder} holds {len(found)} files of samples: make some first")
        files += found
    train: list[Sample] = []
    held_out: list[Sample] = []
    for file in track(files, description="reading"):
        number = int(file.stem.rsplit("-", 1)[1])
        (train if number % every else held_out).extend(read(file))
    return train, held_out


@dataclass(frozen=True, slots=True)
class Making(Generic[Task, Sample]):
    """How files of samples are made, one for each task. Functions of modules, for processes."""

    make: Callable[[Task], Sequence[Sample]]
    write: Callable[[Path, Sequence[Sample]], None]

    def __call__(self, work: tuple[Task, Path]) -> int:
        """Make one file, if it is not there; returns the number of samples made."""
        task, path = work
        if path.exists():
            return 0
        samples = self.make(task)
        self.write(path, samples)
        return len(samples)


def make_files(
    making: Making[Task, Sample], work: Sequence[tuple[Task, Path]], *, folder: Path, jobs: int
) -> None:
    """Make all files; those that are there already are kept, so that it can be stopped.

    Args:
        making: of one file.
        work: tasks and their files, in this folder.
        folder: made where it is not there.
        jobs: processes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    done = in_order(making, work, jobs=jobs)
    made = sum(track(done, total=len(work), description="samples"))
    sys.stdout.write(f"{made} samples in {folder}\n")


def make_from_files(
    making: Making[Path, Sample],
    arguments: Sequence[str] | None,
    *,
    name: str,
    description: str | None,
    option: str,
    of: str,
    pattern: str,
) -> int:
    """Make a file of samples from each file of a folder, as a command; returns the exit status.

    Args:
        making: of one file.
        arguments: of the command line.
        name: of the module, within `training.datasets`.
        description: its docstring.
        option: what the files hold, which is also the option that names their folder.
        of: the module of `training.datasets` that makes them.
        pattern: of their names.
    """
    parser = ArgumentParser(
        prog=f"python -m training.datasets.{name}",
        description=description,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, help="where to write *.npz")
    parser.add_argument(
        f"--{option}",
        type=Path,
        required=True,
        metavar=option.upper(),
        dest="source",
        help=f"of training.datasets.{of}",
    )
    parser.add_argument("--jobs", type=int, default=cores(), help="processes")
    given = parser.parse_args(arguments)
    files = sorted(given.source.glob(pattern))
    if not files:
        parser.error(f"{given.source} holds no {option}: make some first")
    work = [(file, given.folder / file.name) for file in files]
    make_files(making, work, folder=given.folder, jobs=given.jobs)
    return 0


def add_arguments(parser: ArgumentParser, *, count: int, of: str) -> None:
    """Add what all makers of samples are told: where, how many, from which seed."""
    parser.add_argument("folder", type=Path, help="where to write *.npz")
    parser.add_argument("--count", type=int, default=count, help=of)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=cores(), help="processes")
