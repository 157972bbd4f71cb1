"""Options that several commands share."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from typing import Literal

import click

from sco_extract.values.edtf import Value, parse

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


def valid_period(_context: click.Context, _parameter: click.Parameter, value: str) -> Value:
    """The period as first and last day."""
    found = parse(value.strip())
    if found is None or found.earliest is None or found.latest is None:
        raise click.BadParameter(
            f"{value!r} is no period; write months 2023-11/2024-10, days 2023-11-01/2024-10-31, or a year 2024"
        )
    return found


def valid_day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """An ISO day."""
    found = parse(value.strip()) if value else None
    if value is not None and (found is None or found.kind != "day"):
        raise click.BadParameter(f"{value!r} is no day; write 2024-10-31")
    return found.edtf if found else None


def locale_language() -> Literal["en", "zh"]:
    """Chinese where the locale for messages is."""
    value = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh" if value.casefold().startswith("zh") else "en"


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
