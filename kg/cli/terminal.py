"""Progress and messages: bars on a terminal, plain lines when piped; both on standard error."""

from __future__ import annotations

import os
import sys
import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from kg.errors import Problem

_STAGES = {
    "read": "Reading papers",
    "extract": "Reading abstracts",
    "resolve": "Joining what is the same",
    "write": "Writing files",
}
_PLAIN_EVERY = 10.0  # seconds between two lines of a stage when piped
_SHOWN_PROBLEMS = 20


class Progress:
    """Shows how far each stage is; use it as a context manager and call it as :data:`kg.pipeline.Progress`."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._bars: Bars | None = None
        self._tasks: dict[str, object] = {}
        self._said: dict[str, float] = {}
        self._last: dict[str, tuple[int, int]] = {}
        self._problems = 0
        if self._console.is_terminal:
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            self._bars = Bars(*columns, console=self._console)

    def __enter__(self) -> Progress:
        if self._bars:
            self._bars.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if self._bars:
            self._bars.stop()
        elif kind is None:
            for stage in list(self._last):
                self._line(stage)
        if self._problems > _SHOWN_PROBLEMS:
            self._print(f"warning: {self._problems - _SHOWN_PROBLEMS} more problems of this run are not shown")

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Take how far a stage is."""
        if self._bars:
            if stage not in self._tasks:
                self._tasks[stage] = self._bars.add_task(_STAGES[stage], total=total or None)
            self._bars.update(self._tasks[stage], completed=done)  # type: ignore[arg-type]
            return
        for earlier in [s for s in self._last if s != stage]:
            self._line(earlier)
        self._last[stage] = (done, total)
        now = time.monotonic()
        if now - self._said.setdefault(stage, now) > _PLAIN_EVERY:
            self._said[stage] = now
            self._line(stage)
            self._last[stage] = (done, total)

    def problem(self, found: Problem) -> None:
        """Show a problem that does not stop the run; after twenty they are only counted."""
        self._problems += 1
        if self._problems <= _SHOWN_PROBLEMS:
            self._print(f"warning: {found}")

    def _line(self, stage: str) -> None:
        done, total = self._last.pop(stage)
        count = f": {done:,} of {total:,}" if total else f": {done:,}" if done else ""
        self._print(_STAGES[stage] + count)

    def _print(self, line: str) -> None:
        self._console.print(_visible(line), markup=False, highlight=False, soft_wrap=True)


def say(line: str) -> None:
    """A line on standard error."""
    print(_visible(line), file=sys.stderr, flush=True)


def error(line: str) -> None:
    """What ended the run."""
    say(f"error: {line}")


def silence_stdout() -> None:
    """After a reader has closed the pipe, let the interpreter's last flush go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _visible(text: str) -> str:
    """Without control characters, which a hostile file name or record could steer the terminal with."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)
