"""``sco-extract progress``."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from pathlib import Path

import click

from sco_extract.commands.bar import step_bar
from sco_extract.commands.options import lexicon_option, locale_language, valid_day, valid_period
from sco_extract.commands.screen import harmless, say, show_table
from sco_extract.lexicon.load import Lexicon, load
from sco_extract.link.decided import apply_links
from sco_extract.link.progress.find import Asked, Collected, find_progress
from sco_extract.link.progress.reasons import Language
from sco_extract.model.diagnostics import WriteError
from sco_extract.model.records import Evidence, MeasureProgress, Progress, SourceFile
from sco_extract.run.store import Store
from sco_extract.run.suggest import did_you_mean
from sco_extract.values.edtf import Value
from sco_extract.write.json import to_json, to_json_lines

PROGRESS = "progress.jsonl"
FEW = 8  # numbers of measures that a message names


@click.command(
    short_help="Show what the sources report for each measure of an action plan.",
    epilog="""\b
Examples:
  sco-extract progress --plan plan_economic_strategy_2030 --period 2023-11/2024-10
  sco-extract progress --plan plan_economic_strategy_2030 --period 2024 --measure 1.1.1
  sco-extract progress --plan plan_economic_strategy_2030 --period 2023-11/2024-10 --format json
""",
)
@click.option("--plan", required=True, metavar="ID", help="Source id of the action plan.")
@click.option(
    "--period", required=True, callback=valid_period, metavar="EDTF", help="Months 2023-11/2024-10, days, or a year."
)
@click.option(
    "--as-of",
    callback=valid_day,
    metavar="DATE",
    help="Day of the status; what happened later does not count.  [default: the last day of the period]",
)  # fmt: skip
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), default=Path("output"), show_default=True,
    help=f"Folder that ingest wrote; {PROGRESS} is written there, too, one measure a line.",
)  # fmt: skip
@click.option(
    "--format", "format_", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True,
    help="json is one object with all evidence; csv has a line a passage.",
)  # fmt: skip
@click.option(
    "--measure", metavar="NUMBER", help="Only this measure with its evidence: 1.2.3 is area, sub-area, number."
)
@click.option(
    "--lang", type=click.Choice(["en", "zh"]),
    help="Language of the reasons.  [default: the locale's; zh with --format json]",
)  # fmt: skip
@click.option("--evidence", is_flag=True, help="With the passages below each measure.")
@lexicon_option
def command(  # noqa: PLR0913 - one parameter an option
    plan: str,
    period: Value,
    as_of: str | None,
    output: Path,
    format_: str,
    measure: str | None,
    lang: Language | None,
    evidence: bool,
    lexicon: tuple[Path, ...],
) -> None:
    """Show, for each measure of the action plan ID, what the ingested sources report as done within the period.

    Evidence is direct (the same body, document or activity) or related (the same field). A need, a wish or an event that
    was not held is pending, no evidence. What people accepted or rejected (docs/decisions.md) holds. The program reads no
    clock: without --as-of the status is that of the period's end.
    """
    store = Store(output)
    asked_plan = find_plan(plan, store, output)
    words = load(*lexicon)
    found = _collect([one for one in store.ids if one != plan], store, words)
    if not found.in_period(period):
        raise click.UsageError(
            f"no source in {output} reports anything within {period.edtf}; ingest a report of that period, or widen --period"
        )
    language = lang or ("zh" if format_ == "json" else locale_language())
    asked = Asked(asked_plan, period, as_of or period.latest or "", _ids(store, plan), language)
    with step_bar(len(asked_plan.actions), "linking measures") as advance:
        linked = find_progress(asked, found, words, advance)
    progress = apply_links(linked, store.decided().links, found)
    _write(output / PROGRESS, to_json_lines(progress.measures))
    chosen = _chosen(progress, measure)
    if format_ == "json":
        say(
            to_json(progress if measure is None else progress.model_copy(update={"measures": chosen})).decode(),
            nl=False,
        )
    elif format_ == "csv":
        say(_csv(chosen, progress), nl=False)
    else:
        _show(chosen, progress, details=evidence or measure is not None)


def find_plan(plan: str, store: Store, output: Path) -> SourceFile:
    """The source of the plan; a message with the plans that there are, where it is none."""
    if plan in store.ids:
        record = store.source(plan)
        if record.actions:
            return record
        wrong = f"{plan} is no action plan: it is of kind {record.source.kind} and has no measures"
    else:
        wrong = f"no source {plan!r} in {output}"
        hint = did_you_mean(plan, store.ids)
        wrong += f"; {hint}" if hint else ""
    plans = dict.fromkeys(mention.source for one in store.actions() for mention in one.mentions)
    listed = f"the plans are {', '.join(plans)}" if plans else "no source there has measures; ingest an action plan"
    raise click.BadParameter(f"{wrong}; {listed}", param_hint="--plan")


def _collect(identities: Sequence[str], store: Store, lexicon: Lexicon) -> Collected:
    """The passages of all sources, one read at a time."""
    found = Collected()
    with step_bar(len(identities), "reading sources") as advance:
        for identity in identities:
            found.add(store.source(identity), lexicon)
            advance()
    return found


def _ids(store: Store, plan: str) -> dict[int, str]:
    """Ids of the plan's actions by where their rows start."""
    return {mention.span.start: one.id for one in store.actions() for mention in one.mentions if mention.source == plan}


def _write(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path`` at once, or leave what was there."""
    partial = path.with_name(f".partial-{os.getpid()}-{path.name}")
    try:
        partial.write_bytes(data)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise WriteError(
            f"{path}: cannot be written ({error.strerror or error}); check the folder given with -o"
        ) from error


def numbered(progress: Progress) -> dict[str, MeasureProgress]:
    """Measures by number: area, sub-area and measure as they are counted in the plan (1.2.3)."""
    areas: dict[str | None, dict[str | None, int]] = {}
    found: dict[str, MeasureProgress] = {}
    for one in progress.measures:
        subareas = areas.setdefault(one.area, {})
        count = subareas.get(one.subarea, 0)
        subareas[one.subarea] = count + 1
        last = one.number if one.number is not None else count + 1
        found[f"{list(areas).index(one.area) + 1}.{list(subareas).index(one.subarea) + 1}.{last}"] = one
    return found


def _chosen(progress: Progress, measure: str | None) -> list[MeasureProgress]:
    if measure is None:
        return progress.measures
    by_number = numbered(progress)
    if measure not in by_number:
        more = ", …" if len(by_number) > FEW else ""
        hint = did_you_mean(measure, by_number) or f"the measures are {', '.join([*by_number][:FEW])}{more}"
        raise click.BadParameter(f"no measure {measure!r} in {progress.plan}; {hint}", param_hint="--measure")
    return [by_number[measure]]


def _show(chosen: Sequence[MeasureProgress], progress: Progress, *, details: bool) -> None:
    numbers = {id(one): number for number, one in numbered(progress).items()}
    if not details:
        rows = [
            (numbers[id(one)], one.status, str(_count(one, "direct")), str(_count(one, "related")), str(len(one.pending)),
             one.deadline.text if one.deadline else "", one.measure)
            for one in chosen
        ]  # fmt: skip
        show_table(("number", "status", "direct", "related", "pending", "deadline", "measure"), rows)
        return
    for one in chosen:
        say(
            harmless(f"{numbers[id(one)]} {one.measure}\n  {one.status} ({one.deadline.text if one.deadline else '-'})")
        )
        for proof in (*one.evidence, *one.context):
            label = proof.strength if proof in one.evidence else "context"
            early = ", before approval" if proof.before_approval else ""
            say(
                harmless(
                    f"  {label} {proof.date or '-'}{early} [{proof.source}:{proof.span.start}] {_line(proof.span.quote)}"
                )
            )
            say(harmless(f"    {proof.reason}"))
        for open_ in one.pending:
            say(
                harmless(f"  pending [{open_.source}:{open_.span.start}] {_line(open_.span.quote)}\n    {open_.reason}")
            )


def _csv(chosen: Sequence[MeasureProgress], progress: Progress) -> str:
    numbers = {id(one): number for number, one in numbered(progress).items()}
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(
        (
            "number",
            "area",
            "subarea",
            "measure",
            "deadline",
            "status",
            "strength",
            "date",
            "source",
            "start",
            "quote",
            "reason",
        )
    )
    for one in chosen:
        head = (
            numbers[id(one)],
            one.area,
            one.subarea,
            one.measure,
            one.deadline.text if one.deadline else "",
            one.status,
        )
        lines = [_proof(proof, proof.strength) for proof in one.evidence]
        lines += [_proof(proof, "context") for proof in one.context]
        lines += [("pending", "", p.source, str(p.span.start), _line(p.span.quote), p.reason) for p in one.pending]
        for line in lines or [("", "", "", "", "", "")]:
            table.writerow((*head, *line))
    return out.getvalue()


def _proof(proof: Evidence, label: str) -> tuple[str, ...]:
    span = proof.span
    return label, proof.date or "", proof.source, str(span.start), _line(span.quote), proof.reason


def _count(one: MeasureProgress, strength: str) -> int:
    return sum(proof.strength == strength for proof in one.evidence)


def _line(text: str) -> str:
    return " ".join(text.split())
