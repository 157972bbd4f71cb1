"""Write rows as CSV (RFC 4180, line ends \\n) that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

BOM = "\ufeff"
# A cell that begins so is a formula to a spreadsheet (OWASP, "CSV Injection"); an apostrophe makes it text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Rows that are put together before they are handed on.
_BLOCK = 500


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[str]], *, bom: bool = False) -> Iterator[str]:
    """The lines, some hundred at a time, each with its line end; ``bom`` for programs that else take UTF-8 for another code."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    buffer.write(BOM if bom else "")
    writer.writerow(columns)
    for number, row in enumerate(rows, 1):
        writer.writerow([_text(cell) for cell in row])
        if number % _BLOCK == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _text(cell: str) -> str:
    """The cell as text; a lone carriage return, which ends a line for some readers, is a line feed."""
    guarded = f"'{cell}" if cell.startswith(_FORMULA) else cell
    return guarded.replace("\r\n", "\n").replace("\r", "\n")
