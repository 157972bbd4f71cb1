"""Options that several commands share."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import click

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def _valid_date(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """The value itself, if there is such a year, month or day."""
    parts = _DATE.fullmatch(value or "")
    try:
        if parts:
            date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1))
    except ValueError:
        parts = None
    if value is not None and parts is None:
        raise click.BadParameter(f"{value!r} is no date; write 2024-07-04, 2024-07 or 2024")
    return value


def _not_empty(_context: click.Context, _parameter: click.Parameter, value: tuple[Path, ...]) -> tuple[Path, ...]:
    """The folders themselves; a warning for one that adds nothing."""
    for folder in value:
        if not any(folder.glob("*.toml")):
            click.echo(f"Warning: {folder} holds no *.toml file; it adds nothing to the lexicon.", err=True)
    return value


lexicon_option = click.option(
    "--lexicon", type=click.Path(path_type=Path, exists=True, file_okay=False), multiple=True, callback=_not_empty,
    help="Folder with *.toml files that add to the lexicon; may be given more than once.",
)  # fmt: skip
date_option = click.option(
    "--date", "date_", metavar="DATE", callback=_valid_date,
    help="The date of the documents, in place of what they say themselves.",
)  # fmt: skip
output_option = click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), default=Path("output"), show_default=True,
    help="Folder that ingest wrote.",
)  # fmt: skip
