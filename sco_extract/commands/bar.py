"""Bars that show how far a long run is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from sco_extract.commands.screen import console, harmless
from sco_extract.run.pool import Progress


@contextmanager
def progress_bar() -> Iterator[Callable[[Progress], None]]:
    """A bar with the file at hand on a terminal; nothing elsewhere."""
    screen = console(stderr=True)
    if not screen.is_terminal:
        yield lambda _: None
        return
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
    with Bar(*columns, console=screen, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda p: bar.update(task, total=p.total, completed=p.done, description=harmless(p.current))


@contextmanager
def step_bar(total: int, what: str) -> Iterator[Callable[[], None]]:
    """A bar on a terminal; nothing elsewhere. Each call is one source or measure more."""
    screen = console(stderr=True)
    if not screen.is_terminal:
        yield lambda: None
        return
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn(what, markup=False))
    with Bar(*columns, console=screen, transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)
