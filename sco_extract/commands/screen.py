"""Tables for people on a terminal, tab-separated lines for programs in a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

# Control characters of a stranger's text could steer the terminal; line feed and tab stay.
_CONTROLS = {code: 0x2400 + code for code in range(32) if code not in (9, 10)} | {127: 0x2421}
_CONTROLS |= dict.fromkeys(range(0x80, 0xA0), 0xFFFD)


def harmless(text: str) -> str:
    """The text with visible signs for control characters; as long as before."""
    return text.translate(_CONTROLS)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A question with up to three of ``known`` that resemble ``name`` (letter case aside), or nothing."""
    folded = {one.casefold(): one for one in known}
    wanted = name.casefold()
    near = [one for one in folded if wanted and one.startswith(wanted)] or get_close_matches(wanted, folded, cutoff=0.6)
    return f"did you mean {', '.join(folded[one] for one in near[:3])}?" if near else ""


def console(*, stderr: bool = False) -> Console:
    """A console that respects NO_COLOR and writes plain text into pipes."""
    return Console(stderr=stderr, highlight=False, emoji=False, markup=False, soft_wrap=True)


def show_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Rows under their headings."""
    screen = console()
    if not screen.is_terminal:
        for row in (columns, *rows):
            click.echo("\t".join(harmless(cell).replace("\n", " ").replace("\t", " ") for cell in row))
        return
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(harmless(cell)) for cell in row))
    screen.print(table, soft_wrap=False)
