"""``sco-extract report``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from sco_extract.commands.files import write_file
from sco_extract.commands.options import lexicon_option, valid_day, valid_period
from sco_extract.commands.progress import find_plan
from sco_extract.compose.material import Records
from sco_extract.compose.options import Options, Sections, read_sections
from sco_extract.compose.report import compose
from sco_extract.compose.verify import unsupported
from sco_extract.lexicon.load import Lexicon, load
from sco_extract.model.draft import Draft
from sco_extract.run.gather import Asking, EmptyPeriodError, gather
from sco_extract.run.store import Store
from sco_extract.values.edtf import Value
from sco_extract.write.report_docx import write_docx
from sco_extract.write.report_html import write_html
from sco_extract.write.report_md import write_md

FORMATS = ("docx", "md", "html")
STYLES = ("gbt9704",)

plan_option = click.option("--plan", required=True, metavar="ID", help="Source id of the action plan.")
period_option = click.option(
    "--period", required=True, callback=valid_period, metavar="EDTF", help="Months 2023-11/2024-10, days, or a year."
)
as_of_option = click.option(
    "--as-of",
    callback=valid_day,
    metavar="DATE",
    help="Day the draft is made on.  [default: the last day of the period]",
)
records_option = click.option(
    "-r", "--records", type=click.Path(path_type=Path, file_okay=False), default=Path("output"), show_default=True,
    help="Folder that ingest wrote.",
)  # fmt: skip
sections_option = click.option(
    "--sections", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE.toml",
    help="Title, bodies and sections of the report, in place of those of the lexicon.",
)  # fmt: skip
style_option = click.option(
    "--style", type=click.Choice(STYLES), default=STYLES[0], show_default=True, help="Form of the Word file."
)
template_option = click.option(
    "--template", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE.docx",
    help="Word file whose styles are taken.",
)  # fmt: skip
format_option = click.option(
    "--format", "format_", type=click.Choice(FORMATS), help="Of the file.  [default: by the name of -o, else docx]"
)


@click.command(
    short_help="Write the draft of the report on an action plan's period.",
    epilog="""\b
Examples:
  sco-extract report --plan plan_economic_strategy_2030 --period 2023-11/2024-10 -o output/report.docx
  sco-extract report --plan plan_economic_strategy_2030 --period 2023-11/2024-10 --format md -o output/report.md
  sco-extract report --plan plan_economic_strategy_2030 --period 2024 --against 2023 -o output/report.docx
""",
)
@plan_option
@period_option
@as_of_option
@style_option
@template_option
@sections_option
@click.option(
    "--against", callback=lambda context, parameter, value: valid_period(context, parameter, value) if value else None,
    metavar="EDTF", help="Another period; an annex says what has changed since.",
)  # fmt: skip
@format_option
@records_option
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File to write.")
@lexicon_option
def command(  # noqa: PLR0913 - one parameter an option
    plan: str,
    period: Value,
    as_of: str | None,
    style: str,
    template: Path | None,
    sections: Path | None,
    against: Value | None,
    format_: str | None,
    records: Path,
    output: Path,
    lexicon: tuple[Path, ...],
) -> None:
    """Write the draft of the report on what was done within the period for the action plan ID.

    Every sentence is composed from records and carries the passages that it rests on; one that they do not fully support is
    listed in annex 4 instead. Annexes hold the measures with their evidence, the calendar, the documents, points to clear
    up and what each executing body is asked for. The program reads no clock: without --as-of the draft is of the period's
    last day.
    """
    words = load(*lexicon)
    found = collect(plan, records, (period, as_of, against), words)
    options = Options(period, as_of or period.latest or "", sections_of(sections), against)
    draft = compose(found, options, words)
    if left := unsupported(draft, words):
        raise AssertionError(f"a sentence without support was composed: {left[0].sentence.text}")
    write_file(output, rendered(draft, format_ or _format(output), style, template))
    counted = sum(len(part.paragraphs) for section in draft.sections for part in section.parts)
    click.echo(
        f"Written to {output}: {len(draft.sections)} sections, {counted} paragraphs, {len(draft.annexes)} annexes."
    )


def collect(plan: str, folder: Path, when: tuple[Value, str | None, Value | None], lexicon: Lexicon) -> Records:
    """The records for a report on ``plan``; a usage error where there is no such plan or nothing in the period."""
    store = Store(folder)
    period, as_of, against = when
    asking = Asking(find_plan(plan, store, folder), period, as_of or period.latest or "", against)
    try:
        return gather(store, asking, lexicon)
    except EmptyPeriodError as error:
        raise click.UsageError(str(error)) from error


def sections_of(path: Path | None) -> Sections:
    """The sections file, or none."""
    return read_sections(path.read_bytes(), str(path)) if path else Sections()


def rendered(draft: Draft, format_: str, style: str, template: Path | None) -> bytes:
    """The draft as the bytes of a file."""
    if template is not None and format_ != "docx":
        raise click.UsageError("--template is for --format docx")
    texts: dict[str, Callable[[Draft], str]] = {"md": write_md, "html": write_html}
    if format_ in texts:
        return texts[format_](draft).encode("utf-8")
    return write_docx(draft, style, template.read_bytes() if template else None)


def _format(output: Path) -> str:
    """The format that the file's name ends with, docx for any other."""
    suffix = output.suffix.lower().lstrip(".")
    return {"markdown": "md", "htm": "html"}.get(suffix, suffix if suffix in FORMATS else "docx")
