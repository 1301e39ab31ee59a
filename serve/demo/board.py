"""What the terminal shows: progress, each decision as it falls, totals at the end."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from types import TracebackType

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Table
from rich.text import Text

from riac.decision import Outcome
from serve.demo.ledger import Fallen, SentPassage, Totals

_OUTCOMES = {Outcome.AUTO_CLEAR: ("auto-clear", "green"), Outcome.REFER: ("refer", "yellow")}


class Board:
    """A line for each decision above one bar; plain lines where there is no terminal."""

    def __init__(self, console: Console, *, consignments: int) -> None:
        self._console = console
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("consignments sent"),
            console=console,
            transient=True,
        )
        self._task: TaskID = self._progress.add_task("traffic", total=consignments)

    def __enter__(self) -> Board:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def step(self, text: str) -> None:
        """Say what is being done."""
        self._console.print(f"[dim]{escape(text)}[/dim]", soft_wrap=True)

    def warn(self, text: str) -> None:
        """Say what went wrong and was mended."""
        self._console.print(Text(text, style="bold yellow"), soft_wrap=True)

    def consignment_sent(self) -> None:
        """Move the bar."""
        self._progress.advance(self._task)

    def decided(self, fallen: Fallen) -> None:
        """Show a decision."""
        self._console.print(decision_line(fallen), soft_wrap=True)

    def lost(self, passage: SentPassage) -> None:
        """Show that no decision came."""
        text = f"{passage.container_number} {passage.role}: no decision"
        self._console.print(Text(text, style="bold red"))

    def announce(self, *, address: str, accounts: Sequence[tuple[str, str, str]], ui: bool) -> None:
        """Show the address and who may log in (username, password, role)."""
        lines = [f"[bold]{escape(address)}[/bold]"]
        if not ui:
            lines.append("The browser interface is not built: run [bold]make ui[/bold] (Node 20),")
            lines.append("then start the demo again. The API and the decisions below need it not.")
        lines.extend(
            f"{escape(role):<11} {escape(username):<11} {escape(password)}"
            for username, password, role in accounts
        )
        self._console.print(Panel("\n".join(lines), title="RIAC", expand=False))

    def totals(self, totals: Totals) -> None:
        """Show the sums, and each decision that was wrong."""
        self._console.print(totals_table(totals))
        wrong = totals.wrongly_cleared + totals.wrongly_referred
        for fallen in wrong:
            self._console.print(decision_line(fallen), soft_wrap=True)


def decision_line(fallen: Fallen) -> Text:
    """Return the line of one decision: container, role, outcome, reasons, seconds, agreement."""
    decision = fallen.decision
    outcome, colour = _OUTCOMES[decision.outcome]
    referring = [str(reason.code) for reason in decision.reasons if reason.refers]
    others = [str(reason.code) for reason in decision.reasons if not reason.refers]
    agreement, style = _agreement(fallen)
    return Text.assemble(
        (f"{decision.container_number} ", "bold"),
        f"{decision.role:<6} ",
        (f"{outcome:<10} ", colour),
        f"{fallen.seconds:5.1f} s  ",
        (f"{agreement:<16} ", style),
        f"{fallen.passage.scenario}: {', '.join(referring or others)}",
        ("" if fallen.verified else "  (no webhook)", "red"),
    )


def _agreement(fallen: Fallen) -> tuple[str, str]:
    if fallen.wrongly_cleared:
        return "WRONGLY CLEARED", "bold red"
    if fallen.wrongly_referred:
        return "wrongly referred", "magenta"
    return "as it should be", "dim green"


def totals_table(totals: Totals) -> Table:
    """Return the sums as a table of two columns."""
    table = Table(title="Totals", show_header=False)
    rows: list[tuple[str, object]] = [
        ("scans sent", totals.sent),
        ("decided", totals.decided),
        ("auto-cleared", totals.cleared),
        ("referred", totals.referred),
        ("wrongly cleared", len(totals.wrongly_cleared)),
        ("wrongly referred", len(totals.wrongly_referred)),
        ("webhooks verified", totals.webhooks_verified),
        ("webhooks rejected", totals.webhooks_rejected),
    ]
    if totals.seconds:
        rows.append(("median seconds to decision", f"{statistics.median(totals.seconds):.1f}"))
    for name, value in rows:
        table.add_row(name, str(value))
    return table
