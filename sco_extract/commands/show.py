"""``sco-extract show``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from pydantic import BaseModel
from rich.text import Text

from sco_extract.commands.options import date_option, lexicon_option
from sco_extract.commands.screen import console, harmless, say, show_table
from sco_extract.lexicon.load import load
from sco_extract.model.diagnostics import ReadError
from sco_extract.model.document import Document
from sco_extract.model.records import SourceFile
from sco_extract.model.records import Span as SpanRecord
from sco_extract.normalize import normalize
from sco_extract.pipeline import extract
from sco_extract.read import read
from sco_extract.run.inputs import STDIN, kind_of, printable, read_bytes, read_stream, siblings
from sco_extract.run.output import source_ids
from sco_extract.run.store import Store
from sco_extract.run.suggest import did_you_mean
from sco_extract.write.json import to_json, to_json_lines

# Type of record, style on a terminal, letter in plain text, columns of its table (`text` is the quotation, `at` where it
# starts). Where spans nest or cross, the style of
# the later row lies over that of the earlier one, so the short records come last.
TYPES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "meetings",
        "underline",
        "M",
        ("name", "ordinal", "dates", "place", "mode", "status", "host", "theme", "rule", "at"),
    ),
    ("actions", "italic", "A", ("area", "subarea", "number", "measure", "deadline", "executors", "rule", "at")),
    ("participants", "bold magenta", "P", ("name", "title", "country", "role", "rule", "at")),
    ("documents", "bold cyan", "T", ("title", "kind", "date", "place", "body", "action", "draft", "rule", "at")),
    ("dates", "bold yellow", "D", ("edtf", "text", "earliest", "latest", "kind", "anchor", "rule", "at")),
    ("findings", "reverse red", "F", ("severity", "message", "text", "rule", "at")),
)


@click.command(
    short_help="Show a document with its records marked, or its records as a table.",
    epilog="""\b
Examples:
  sco-extract show corpus/declaration_central_asia_2025.txt
  sco-extract show corpus/communique_islamabad_2024.docx --type meetings
  sco-extract show report_2023_2024 --type dates --json -o output
""",
)
@click.argument("source", metavar="FILE|ID")
@click.option("-t", "--type", "type_", type=click.Choice([row[0] for row in TYPES]), help="Only these, as a table.")
@click.option("--json", "as_json", is_flag=True, help="As JSON: the whole source, or with --type one record a line.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), default=Path("output"), show_default=True,
    help="Folder in which to look for ID.",
)  # fmt: skip
@lexicon_option
@date_option
def command(
    source: str, type_: str | None, as_json: bool, output: Path, lexicon: tuple[Path, ...], date_: str | None
) -> None:
    """Show the text of FILE, or of the ingested source ID, with its records marked.

    With --type the records of that type as a table (tab-separated in a pipe). In a pipe the marks are letters: [D:2024年:D].
    """
    record = _load(source, output, lexicon, date_)
    records: Sequence[BaseModel] = getattr(record, type_) if type_ else ()
    if as_json:
        say((to_json_lines(records) if type_ else to_json(record)).decode(), nl=False)
    elif type_:
        columns = next(columns for name, _, _, columns in TYPES if name == type_)
        show_table(columns, [_row(one, columns) for one in records])
    elif console().is_terminal:
        for part in mark_styled(record):
            console().print(part)
    else:
        say(mark_plain(record))


def _load(source: str, output: Path, lexicon: tuple[Path, ...], date: str | None) -> SourceFile:
    if source == STDIN:
        document = read(read_stream(sys.stdin.buffer), "stdin")
        return extract(normalize(document), load(*lexicon), document_date=date)
    path = Path(source)
    kind = kind_of(path)
    if kind == "file":
        return extract(normalize(_read(path)), load(*lexicon), document_date=date, path=printable(source))
    ids = source_ids(output)
    if source not in ids:
        raise _nothing(path, kind, ids, output)
    if lexicon or date:
        raise click.UsageError(
            f"{source} is ingested already; --lexicon and --date are for files (or give them to ingest)"
        )
    return Store(output).source(source)


def _read(path: Path) -> Document:
    try:
        return read(read_bytes(path), path.name)
    except ReadError as error:
        raise ReadError(error.code, f"{printable(str(path))}: {str(error).removeprefix(f'{path.name}: ')}") from error


def _nothing(path: Path, kind: str, ids: Sequence[str], output: Path) -> ReadError:
    """Why ``path`` cannot be shown, which is neither a file nor the id of a source."""
    name = printable(str(path))
    if kind == "folder":
        return ReadError("RUN002", f"{name}: is a folder; read all of it with sco-extract ingest {name}")
    if kind == "other":
        return ReadError("RUN002", f"{name}: not a regular file; give what it holds as standard input (-)")
    hint = did_you_mean(name, [*ids, *siblings(path)]) or "ingest it first, or name another folder with -o"
    return ReadError("RUN001", f"{name}: no such file, and no source of that id in {output}; {hint}")


def _row(record: BaseModel, columns: Sequence[str]) -> tuple[str, ...]:
    values = record.model_dump()
    span = values["span"] or {"quote": "", "start": None}
    values |= {"text": span["quote"], "at": span["start"]}
    return tuple(_cell(values[column]) for column in columns)


def _cell(value: object) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, list):
        return "、".join(map(str, value))
    if isinstance(value, dict):
        return str(value.get("text", json.dumps(value, ensure_ascii=False)))
    return str(value)


def _spans(record: SourceFile, type_: str) -> Iterator[SpanRecord]:
    """Every record's span, and its other mentions where they lie elsewhere."""
    for one in getattr(record, type_):
        if one.span is not None:
            yield one.span
            others = getattr(one, "mentions", ())
            yield from (other for other in others if other.start >= one.span.end or other.end <= one.span.start)


def mark_styled(record: SourceFile) -> tuple[Text, Text]:
    """The text with every record in its style, and the legend with the number of records."""
    text = Text(harmless(record.text))
    legend = Text()
    for name, style, _, _ in TYPES:
        spans = list(_spans(record, name))
        for span in spans:
            text.stylize(style, span.start, span.end)
        if spans:
            legend.append(f"{name} {len(getattr(record, name))}", style).append("   ")
    return text, legend


def mark_plain(record: SourceFile) -> str:
    """The text with a letter at both ends of every record, which also tells crossing spans apart."""
    marks: list[tuple[int, int, int, str]] = []
    for name, _, letter, _ in TYPES:
        for span in _spans(record, name):
            length = span.end - span.start
            marks.append((span.start, 1, -length, f"[{letter}:"))
            marks.append((span.end, 0, length, f":{letter}]"))
    pieces: list[str] = []
    last = 0
    for at, _, _, mark in sorted(marks):
        pieces += (harmless(record.text[last:at]), mark)
        last = at
    return "".join([*pieces, harmless(record.text[last:])])
