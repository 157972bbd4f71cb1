"""``sco-extract list``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click

from sco_extract.commands.options import lexicon_option, output_option
from sco_extract.commands.screen import console, harmless, say, show_table
from sco_extract.lexicon.load import load
from sco_extract.model.records import ActionEntity, BodyEntity
from sco_extract.run.query import FILTERS, Entity, EntityType, Filter, QueryError, Sort, ask
from sco_extract.run.store import Store
from sco_extract.write.csv import to_csv

# Columns of the table; CSV has those of `_MORE` besides.
_COLUMNS: dict[EntityType, tuple[str, ...]] = {
    "meetings": ("id", "name", "ordinal", "dates", "place", "mode", "status", "sector", "sources"),
    "documents": ("id", "title", "kind", "date", "place", "body", "action", "draft", "sources"),
    "actions": ("id", "area", "subarea", "number", "measure", "deadline", "executors", "sources"),
    "participants": ("id", "name", "title", "country", "role", "sources"),
    "bodies": ("id", "name", "organisation", "sittings", "documents", "sources"),
}
_MORE: dict[EntityType, tuple[str, ...]] = {
    "meetings": ("series", "country", "host", "theme", "documents"),
    "documents": ("refers_to",),
    "actions": ("documents",),
    "participants": (),
    "bodies": (),
}
_ALWAYS = ("variants", "source", "start", "quote")
# Objects of JSON that are put together before they are printed.
_BLOCK = 200


@click.command(
    short_help="List entities of an ingested corpus that fit.",
    epilog="""\b
Examples:
  sco-extract list meetings --since 2024-07 --until 2024-09 --sort date
  sco-extract list documents --kind 宣言 --status adopted --format csv --bom
  sco-extract list actions --body 秘书处 --until 2026
  sco-extract list bodies --text 博览会 --format json
""",
)
@click.argument("type_", metavar="TYPE", type=click.Choice(list(FILTERS)))
@click.option("--since", metavar="DATE", help="Dates from this day, month or year (2024-07-04, 2024-07, 2024; EDTF).")
@click.option("--until", metavar="DATE", help="Dates up to the end of this day, month or year.")
@click.option("--place", help="City or country in which it was held or adopted.")
@click.option("--country", help="Country, by name or ISO code.")
@click.option(
    "--body", help="Series, adopting body, executor or whole organisation: id or name in the lexicon, or any name."
)
@click.option("--sector", help="Section of the report, by id or name.")
@click.option("--status", help="held, planned, not_held; of documents: adopted, drafting, … or draft.")
@click.option("--kind", help="Of documents: head noun; of actions: kind of deadline; of participants: role.")
@click.option("--source", metavar="ID", help="Mentioned in this source.")
@click.option("--text", help="Words in a name, title or quotation, in either script.")
@click.option("--sort", type=click.Choice(["date", "name", "source"]), help="Order.  [default: of first mention]")
@click.option(
    "--format", "format_", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True,
    help="json: one array, of objects as in the .jsonl file.",
)  # fmt: skip
@click.option("--bom", is_flag=True, help="Begin CSV with a byte order mark, for Excel.")
@output_option
@lexicon_option
def command(  # noqa: PLR0913 - one parameter an option
    type_: EntityType,
    since: str | None,
    until: str | None,
    place: str | None,
    country: str | None,
    body: str | None,
    sector: str | None,
    status: str | None,
    kind: str | None,
    source: str | None,
    text: str | None,
    sort: Sort | None,
    format_: str,
    bom: bool,
    output: Path,
    lexicon: tuple[Path, ...],
) -> None:
    """List the entities of one TYPE: meetings, documents, actions, participants or bodies.

    All filters must fit; one that means nothing for the type is refused. An entity fits --since and --until where one of its
    dates overlaps; those without a date are left out then, and counted on the error output. The table is tab-separated in
    a pipe. Spreadsheets run no cell of the CSV: what looks like a formula begins with an apostrophe.
    """
    given: dict[Filter, str | None] = {
        "since": since, "until": until, "place": place, "country": country, "body": body, "sector": sector,
        "status": status, "kind": kind, "source": source, "text": text,
    }  # fmt: skip
    filters = {name: value for name, value in given.items() if value is not None}
    if bom and format_ != "csv":
        raise click.UsageError("--bom is for --format csv")
    try:
        answer = ask(Store(output), type_, filters, load(*lexicon), sort)
    except QueryError as error:
        raise click.UsageError(str(error)) from error
    counted = _Counted(answer.entities)
    _WRITERS[format_](type_, counted, bom)
    if not counted.count:
        click.echo(f"No {type_} fit.", err=True)
    if answer.undated:
        click.echo(f"Left out for want of a date: {answer.undated}", err=True)


class _Counted:
    """Entities, and how many of them went by."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._entities = entities
        self.count = 0

    def __iter__(self) -> Iterator[Entity]:
        for entity in self._entities:
            self.count += 1
            yield entity


def _table(type_: EntityType, entities: Iterable[Entity], _bom: bool) -> None:
    columns = _COLUMNS[type_]
    rows = (row(entity, columns) for entity in entities)
    show_table(columns, (_short(one) for one in rows) if console().is_terminal else rows)


def _short(cells: tuple[str, ...]) -> tuple[str, ...]:
    """The row with the first of its sources, which are the last cell, and how many more there are."""
    first, *others = cells[-1].split("; ")
    return *cells[:-1], f"{first} +{len(others)}" if others else first


def _csv(type_: EntityType, entities: Iterable[Entity], bom: bool) -> None:
    columns = (*_COLUMNS[type_], *_MORE[type_], *_ALWAYS)
    rows = (tuple(harmless(cell) for cell in row(entity, columns)) for entity in entities)
    for block in to_csv(columns, rows, bom=bom):
        say(block, nl=False)


def _json(_type: EntityType, entities: Iterable[Entity], _bom: bool) -> None:
    clean: Callable[[str], str] = harmless if console().is_terminal else str
    block: list[str] = []
    before = "["
    for entity in entities:
        block.append(f"{before}\n{entity.model_dump_json()}")
        before = ","
        if len(block) == _BLOCK:
            say(clean("".join(block)), nl=False)
            block.clear()
    say(clean("".join(block) + ("\n]" if before == "," else "[]")))


_WRITERS: dict[str, Callable[[EntityType, Iterable[Entity], bool], None]] = {
    "table": _table, "csv": _csv, "json": _json,
}  # fmt: skip


def row(entity: Entity, columns: Iterable[str]) -> tuple[str, ...]:
    """The cells of an entity's row."""
    special = _cells(entity)
    return tuple(special[name] if name in special else _plain(getattr(entity, name)) for name in columns)


def _cells(entity: Entity) -> dict[str, str]:
    """Cells that are more than a field's value."""
    cells = {
        "sources": "; ".join(dict.fromkeys(mention.source for mention in entity.mentions)),
        "start": str(entity.span.start),
        "quote": entity.span.quote,
    }
    if isinstance(entity, ActionEntity):
        cells["deadline"] = entity.deadline.text if entity.deadline else ""
    if isinstance(entity, BodyEntity):
        cells |= {"sittings": str(len(entity.sittings)), "documents": str(len(entity.documents))}
    return cells


def _plain(value: object) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
