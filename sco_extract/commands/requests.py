"""``sco-extract requests``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from sco_extract.commands.files import write_file
from sco_extract.commands.options import lexicon_option
from sco_extract.commands.report import (
    as_of_option,
    collect,
    format_option,
    period_option,
    plan_option,
    records_option,
    rendered,
    sections_of,
    sections_option,
    style_option,
    template_option,
)
from sco_extract.compose.options import Options
from sco_extract.compose.report import compose_requests
from sco_extract.lexicon.load import load
from sco_extract.model.draft import Draft
from sco_extract.values.edtf import Value

# What no file system takes in a name, and what a shell would have to be told.
_UNSAFE = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')


@click.command(
    short_help="Write what each executing body of an action plan is asked to supply.",
    epilog="""\b
Examples:
  sco-extract requests --plan plan_economic_strategy_2030 --period 2023-11/2024-10 -o output/requests.docx
  sco-extract requests --plan plan_economic_strategy_2030 --period 2023-11/2024-10 --split -o output/requests
""",
)
@plan_option
@period_option
@as_of_option
@style_option
@template_option
@sections_option
@click.option("--split", is_flag=True, help="A file for each body, in the folder of -o.")
@format_option
@records_option
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="File, with --split a folder.")
@lexicon_option
def command(  # noqa: PLR0913 - one parameter an option
    plan: str,
    period: Value,
    as_of: str | None,
    style: str,
    template: Path | None,
    sections: Path | None,
    split: bool,
    format_: str | None,
    records: Path,
    output: Path,
    lexicon: tuple[Path, ...],
) -> None:
    """Write, for each executing body of the action plan ID, what it is asked to supply for the period.

    It is annex 5 of the report alone: the measures of the body with deadline, status and what is wanted.
    """
    words = load(*lexicon)
    found = collect(plan, records, (period, as_of, None), words)
    draft = compose_requests(found, Options(period, as_of or period.latest or "", sections_of(sections)), words)
    suffix = output.suffix.lower().lstrip(".")
    kind = format_ or (suffix if suffix in ("md", "html") and not split else "docx")
    files = list(_split(draft, output, kind)) if split else [(output, draft)]
    made = [(path, rendered(one, kind, style, template)) for path, one in files]
    for path, data in made:
        write_file(path, data)
    click.echo(f"Written to {output}: {len(made)} file{'s' * (len(made) != 1)}.")


def _split(draft: Draft, folder: Path, kind: str) -> Iterator[tuple[Path, Draft]]:
    """A draft for each table, which is one body's; numbered in the order of the plan."""
    annex = draft.annexes[0]
    for number, table in enumerate(annex.tables, 1):
        name = _UNSAFE.sub("_", table.caption)[:60]
        yield folder / f"{number:02d}_{name}.{kind}", replace(draft, annexes=(replace(annex, tables=(table,)),))
