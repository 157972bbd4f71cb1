"""``sco-extract ingest``."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from sco_extract.commands.bar import progress_bar
from sco_extract.commands.options import date_option, lexicon_option
from sco_extract.commands.screen import harmless, say, show_table
from sco_extract.run.batch import CorpusResult, Options, ingest
from sco_extract.run.inputs import STDIN, read_stream
from sco_extract.run.worker import SECONDS

# Findings about human decisions, which are said at once: somebody relies on them.
DECISION_CODES = "DEC"


@click.command(
    short_help="Read documents and write their records.",
    epilog="""\b
Examples:
  sco-extract ingest corpus/ -o output
  sco-extract ingest 'corpus/*.docx' --jobs 2 --strict -o word
  cat corpus/declaration_central_asia_2025.txt | sco-extract ingest - --date 2025-06-17 -o declaration
""",
)
@click.argument("corpus", nargs=-1, required=True, metavar="CORPUS...")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), default=Path("output"), show_default=True,
    help="Folder to write to.",
)  # fmt: skip
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Processes at work.  [default: one a core]")
@click.option("--strict", is_flag=True, help="Exit with 1 if there is a finding that is an error.")
@lexicon_option
@date_option
@click.option(
    "--decisions", type=click.Path(path_type=Path, dir_okay=False), multiple=True,
    help="File of human decisions, in place of decisions.toml at the top of a folder of CORPUS; may be given more than once.",
)  # fmt: skip
@click.option(
    "--seconds", type=click.FloatRange(min=0, min_open=True), default=SECONDS, show_default=True,
    help="Time limit for each file.",
)  # fmt: skip
def command(  # noqa: PLR0913 - one parameter an option
    corpus: tuple[str, ...],
    output: Path,
    jobs: int | None,
    strict: bool,
    lexicon: tuple[Path, ...],
    date_: str | None,
    decisions: tuple[Path, ...],
    seconds: float,
) -> None:
    """Read every file of CORPUS and write its records: dates, documents, meetings, actions, participants, findings.

    CORPUS is files, folders (with all below them), patterns in quotes, or - for standard input. A file that cannot be read
    is listed with its error and the others go on; the exit status is then 2. A file decisions.toml at the top of a folder is
    no document: it holds what people decided about the records (docs/decisions.md), which goes before what is found.
    """
    stdin = read_stream(sys.stdin.buffer) if STDIN in corpus else None
    options = Options(output, jobs or 0, lexicon, date_, seconds, stdin, decisions)
    with progress_bar() as on_progress:
        result = ingest(corpus, options, on_progress)
    _summarize(result, output)
    if result.failed:
        sys.exit(2)
    if strict and any(finding.severity == "error" for finding in result.findings):
        sys.exit(1)


def _summarize(result: CorpusResult, output: Path) -> None:
    counts = result.corpus.counts
    severities = Counter(finding.severity for finding in result.findings)
    details = ", ".join(f"{severities[name]} {name}" for name in ("error", "warning", "info") if severities[name])
    rows = [(name, str(count)) for name, count in counts.items() if name != "findings"]
    rows.append(("findings", f"{counts['findings']}" + (f" ({details})" if details else "")))
    if result.applied or result.unresolved:
        rest = f", {result.unresolved} not" if result.unresolved else ""
        rows.append(("decisions", f"{result.applied} applied{rest}"))
    show_table(("records", "count"), rows)
    for finding in result.findings:
        if finding.rule.startswith(DECISION_CODES):
            click.echo(f"not applied: {harmless(finding.message)} [{finding.rule}]", err=True)
    for entry in result.failed:
        click.echo(f"not read: {harmless(f'{entry.path}: {entry.error}')} [{entry.error_code}]", err=True)
    say(f"Written to {output}; look at one: sco-extract show ID -o {output}")
