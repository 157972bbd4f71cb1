"""Tables for people on a terminal, tab-separated lines for programs in a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

# Control characters of a stranger's text could steer the terminal; line feed and tab stay.
_CONTROLS = {code: 0x2400 + code for code in range(32) if code not in (9, 10)} | {127: 0x2421}
_CONTROLS |= dict.fromkeys(range(0x80, 0xA0), 0xFFFD)


# On fewer columns than this a table of more than FEW columns is broken into unreadable slips.
NARROW = 90
FEW = 3
# Rows that make one table on a terminal: enough for one look, few enough to appear at once.
BLOCK = 500


def harmless(text: str) -> str:
    """The text with visible signs for control characters; as long as before."""
    return text.translate(_CONTROLS)


def say(text: str, *, nl: bool = True, color: bool | None = None) -> None:
    """Print ``text``; where nobody reads on (``… | head``), this and all that follows goes nowhere, which is no error.

    Colors in it are left out where no terminal reads, unless ``color`` says otherwise.
    """
    try:
        click.echo(text, nl=nl, color=color)
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def console(*, stderr: bool = False) -> Console:
    """A console that respects NO_COLOR and writes plain text into pipes."""
    return Console(stderr=stderr, highlight=False, emoji=False, markup=False, soft_wrap=True)


def show_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Rows under their headings; on a terminal without the empty columns, on a narrow one a paragraph a row.

    Long lists are shown as they come, some hundred rows at a time, each with its headings on a terminal.
    """
    screen = console()
    if not screen.is_terminal:
        for block in _blocks(chain([columns], rows)):
            lines = ("\t".join(harmless(cell).replace("\n", " ").replace("\t", " ") for cell in row) for row in block)
            say("\n".join(lines))
        return
    shown = False
    for block in _blocks(rows):
        _show_block(screen, columns, block)
        shown = True
    if not shown:
        _show_block(screen, columns, [])


def _blocks(rows: Iterable[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    iterator = iter(rows)
    while block := list(islice(iterator, BLOCK)):
        yield block


def _show_block(screen: Console, columns: Sequence[str], rows: list[Sequence[str]]) -> None:
    used = [n for n in range(len(columns)) if not rows or any(row[n] for row in rows)]
    columns, rows = [columns[n] for n in used], [[row[n] for n in used] for row in rows]
    if screen.width < NARROW and len(columns) > FEW:
        _show_paragraphs(screen, columns, rows)
        return
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column == "id")  # an id is there to be copied
    for row in rows:
        table.add_row(*(Text(harmless(cell)) for cell in row))
    screen.print(table, soft_wrap=False)


def _show_paragraphs(screen: Console, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Each row as lines of name and value, empty ones left out."""
    for row in rows:
        lines = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
        lines.add_column(style="bold")
        lines.add_column(overflow="fold")
        for column, cell in zip(columns, row, strict=True):
            if cell:
                lines.add_row(column, Text(harmless(cell)))
        screen.print(lines, soft_wrap=False)
        screen.print()
