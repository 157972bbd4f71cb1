"""``sco-extract timeline``."""

from __future__ import annotations

from pathlib import Path

import click

from sco_extract.commands.options import lexicon_option, output_option
from sco_extract.commands.screen import console, harmless, say, show_table
from sco_extract.lexicon.load import load
from sco_extract.model.timeline import Timeline
from sco_extract.run.store import Store
from sco_extract.run.timeline import AmbiguousError, timeline
from sco_extract.write.json import to_json

_COLUMNS = ("step", "dates", "ordinal", "place", "id", "source", "at", "quote")
# A quotation in the table; JSON has all of it.
QUOTE = 60
# Entities that are listed where a name fits more.
CANDIDATES = 20


@click.command(
    short_help="Follow a document, a meeting or a series of meetings.",
    epilog="""\b
Examples:
  sco-extract timeline 上合组织成员国发展港口及物流中心合作构想
  sco-extract timeline 澜湄合作五年行动计划（2023—2027） --format json -o output
  sco-extract timeline 第二届中国—中亚峰会
""",
)
@click.argument("identity", metavar="ID")
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True)
@output_option
@lexicon_option
def command(identity: str, format_: str, output: Path, lexicon: tuple[Path, ...]) -> None:
    """Show the steps of a document, the sittings of a series, or what each source says of a meeting.

    ID is the id of an entity or its beginning, a body of the lexicon, or a title or name that one entity has; 第N届 or 第N次 in
    it means that sitting. Where several fit, or only have the words in their names, they are listed and the exit status is 2.
    """
    try:
        found = timeline(Store(output), identity, load(*lexicon))
    except AmbiguousError as error:
        show_table(
            ("id", "name", "dates", "place"),
            [(one.id, one.name, "; ".join(one.dates), one.place) for one in error.candidates[:CANDIDATES]],
        )
        raise click.UsageError(harmless(str(error))) from error
    if format_ == "json":
        text = to_json(found).decode()
        say(harmless(text) if console().is_terminal else text, nl=False)
        return
    _show(found)


def _show(found: Timeline) -> None:
    if console().is_terminal:
        say(harmless(f"{found.type} {found.id}  {found.name}") + "\n")
    rows = [
        (
            step.step,
            "; ".join(step.dates),
            "" if step.ordinal is None else str(step.ordinal),
            step.place or "",
            step.meeting or "",
            step.source,
            str(step.span.start),
            _short(step.span.quote),
        )
        for step in found.steps
    ]
    show_table(_COLUMNS, rows)
    if not rows:
        click.echo(harmless(f"{found.name} is mentioned, but no source says what became of it."), err=True)


def _short(quote: str) -> str:
    """The quotation on one line, its beginning where it is long."""
    line = " ".join(quote.split())
    return line if len(line) <= QUOTE else line[: QUOTE - 1] + "…"
