"""The demonstration from the first line on the terminal to the last process gone."""

from __future__ import annotations

import json
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

import httpx
from rich.console import Console

from serve.demo.board import Board
from serve.demo.errors import DemonstrationError
from serve.demo.journeys import Consignment, Journeys
from serve.demo.ledger import Fallen, Ledger, SentPassage
from serve.demo.options import DemoOptions
from serve.demo.report import report
from serve.demo.service import LocalService, running_service
from serve.demo.supplies import supply
from serve.demo.systems import SimulatedSystems, simulated_systems
from serve.demo.watching import Watch, watching


def run_demo(options: DemoOptions, *, console: Console) -> int:
    """Run the demonstration; returns the exit status.

    0: every decision fell and every webhook was verified. 1: not.
    """
    demonstration = _Demonstration(options, console)
    with _interrupts_raise(), ExitStack() as stack:
        folder = stack.enter_context(_data_folder(options.data))
        try:
            return demonstration.run(folder)
        except KeyboardInterrupt:
            console.print("Stopping.")
            return demonstration.status()


class _Demonstration:
    """One run; holds what the threads share."""

    def __init__(self, options: DemoOptions, console: Console) -> None:
        self._options = options
        self._console = console
        self._ledger = Ledger()
        self._stop = threading.Event()
        self._started = time.monotonic()
        self._timings: dict[str, float] = {}
        self._lost: list[SentPassage] = []
        self._done = False

    def status(self) -> int:
        totals = self._ledger.totals()
        complete = self._done and not self._lost and totals.decided == totals.sent > 0
        return 0 if complete and totals.webhooks_rejected == 0 else 1

    def run(self, folder: Path) -> int:
        options = self._options
        goods = supply(options.scans, count=options.count, seed=_seed(folder, options.seed))
        with ExitStack() as stack:
            board = stack.enter_context(Board(self._console, consignments=options.count))
            service = stack.enter_context(
                running_service(folder, port=options.port, goods=goods, on_step=board.step)
            )
            watch = stack.enter_context(
                watching(Watch(service.children, on_restart=board.warn, on_failure=self._stop.set))
            )
            systems = stack.enter_context(
                simulated_systems(service, sites=goods.sites, ledger=self._ledger)
            )
            self._timings["ready"] = time.monotonic() - self._started
            accounts = systems.access.accounts
            board.announce(address=service.address, accounts=accounts, ui=service.has_ui())
            journeys = self._journeys(systems, board)
            try:
                self._send(journeys, goods.consignments, board)
                watch.check()
                self._finish(board, service, watch)
            except httpx.HTTPError as error:
                watch.check()
                raise DemonstrationError(f"the service did not take a request: {error}") from error
            finally:
                # Threads end before the service does.
                self._stop.set()
                self._write_report()
        return self.status()

    def _journeys(self, systems: SimulatedSystems, board: Board) -> Journeys:
        def decided(fallen: Fallen) -> None:
            self._timings.setdefault("first_decision", time.monotonic() - self._started)
            board.decided(fallen)

        def lost(passage: SentPassage) -> None:
            self._lost.append(passage)
            board.lost(passage)

        return Journeys(
            clearance=systems.clearance,
            sites=systems.sites,
            ledger=self._ledger,
            on_decided=decided,
            on_lost=lost,
        )

    def _send(self, journeys: Journeys, consignments: Iterator[Consignment], board: Board) -> None:
        def counted() -> Iterator[Consignment]:
            for consignment in consignments:
                yield consignment
                board.consignment_sent()

        journeys.run(counted(), rate_per_minute=self._options.rate_per_minute, stop=self._stop)
        self._done = not self._stop.is_set()

    def _finish(self, board: Board, service: LocalService, watch: Watch) -> None:
        self._timings["traffic_over"] = time.monotonic() - self._started
        board.totals(self._ledger.totals())
        if self._options.exit_when_done:
            return
        board.step(f"The traffic is over; the service stays up at {service.address} until Ctrl-C.")
        while True:
            watch.check()
            time.sleep(1)

    def _write_report(self) -> None:
        if self._options.report is not None:
            text = report(self._ledger, timings_s=self._timings)
            self._options.report.write_text(text, encoding="utf-8")


def _seed(folder: Path, asked: int | None) -> int:
    """Return the asked seed, or another one for each run on a kept folder.

    The same pictures sent again would rightly be taken for replayed ones.
    """
    counter = folder / "demo.json"
    runs = json.loads(counter.read_text(encoding="utf-8"))["runs"] if counter.exists() else 0
    counter.write_text(json.dumps({"runs": runs + 1}), encoding="utf-8")
    return runs + 1 if asked is None else asked


@contextmanager
def _data_folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    folder = Path(tempfile.mkdtemp(prefix="riac-demo-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _interrupts_raise() -> Iterator[None]:
    """Let SIGTERM end the demonstration as Ctrl-C does."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        # A second Ctrl-C must not cut the clearing up short and leave processes behind.
        for number in before:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    numbers = (signal.SIGTERM, signal.SIGINT)
    before = {number: signal.getsignal(number) for number in numbers}
    for number in numbers:
        signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
