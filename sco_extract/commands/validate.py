"""``sco-extract validate``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Literal

import click

from sco_extract.check.registry import RULES
from sco_extract.check.rule import Language, message
from sco_extract.commands.bar import progress_bar
from sco_extract.commands.options import lexicon_option, locale_language
from sco_extract.commands.screen import console, harmless, say
from sco_extract.model.diagnostics import WriteError
from sco_extract.model.settings import Baseline, Settings
from sco_extract.model.validation import SeverityName, Validated
from sco_extract.run.baseline import load_baseline, make_baseline, prune, write_baseline
from sco_extract.run.inputs import STDIN, printable, read_stream
from sco_extract.run.mend import MendedFile, mend_files
from sco_extract.run.settings import (
    Project,
    find_project,
    find_suppressions,
    is_period,
    read_settings,
    unknown_selector,
)
from sco_extract.run.suppress import Suppressions, load_suppressions
from sco_extract.run.validate import Options, Result, identity, validate
from sco_extract.run.worker import SECONDS
from sco_extract.write.github import step_summary, to_github
from sco_extract.write.json import to_json
from sco_extract.write.junit import to_junit
from sco_extract.write.report import Report
from sco_extract.write.sarif import to_sarif
from sco_extract.write.terminal import FIRST, MANY, to_statistics, to_terminal

# Fixes of one file that were not made and are listed, and characters of their passages.
REFUSALS = 10
QUOTE = 40
STEP_SUMMARY = "GITHUB_STEP_SUMMARY"  # names the file that GitHub shows below a job
Format = Literal["text", "json", "sarif", "junit", "github"]
_WRITERS: Mapping[str, Callable[[Validated], Report]] = {
    "sarif": lambda run: to_sarif(run, RULES),
    "junit": to_junit,
    "github": to_github,
}


@dataclass(frozen=True, slots=True)
class _Baselines:
    """What is asked about baselines: one to hide by, one to write, and whether the first is to lose what is gone."""

    known: Path | None
    write: Path | None
    prune: bool


@dataclass(frozen=True, slots=True)
class _Mending:
    """What is asked about mending: in place, only to be shown, and whether unsafe rules take part."""

    fix: bool
    diff: bool
    unsafe: bool


@dataclass(frozen=True, slots=True)
class _Output:
    """How the result is shown; ``everything`` and ``statistics`` are about text."""

    format: Format
    language: Language
    everything: bool
    statistics: bool


@dataclass(frozen=True, slots=True)
class _Fixed:
    """Whether files were changed, and whether one could not be written."""

    changed: bool = False
    unwritten: bool = False


def _selectors(_context: click.Context, _parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """The parts of values such as DAT,MTG301; refused where one selects nothing."""
    names = tuple(name.strip() for one in value for name in one.split(",") if name.strip())
    if value and not names:
        raise click.BadParameter("no rule is named; write DAT,MTG301 or ALL")
    if wrong := unknown_selector(names):
        raise click.BadParameter(harmless(wrong[1]))
    return names


def _day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    try:
        if value is not None and date.fromisoformat(value).isoformat() != value:
            raise ValueError
    except ValueError:
        raise click.BadParameter(f"{value!r} is no day; write 2024-07-04") from None
    return value


def _period(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and not is_period(value):
        raise click.BadParameter(f"{value!r} is no period; write 2023-11/2024-10 or 2024")
    return value


@click.command(
    short_help="Proof-read documents.",
    epilog="""\b
Examples:
  sco-extract validate corpus/report_2023_2024.docx
  sco-extract validate 'corpus/*.docx' --select DAT,MTG,INS402 --fail-on warning
  sco-extract validate corpus/article_asean_trade.md --corpus corpus/ --as-of 2026-11-21 --lang zh
  sco-extract validate corpus/ --write-baseline sco-extract.baseline.json
  sco-extract validate corpus/communique_islamabad_2024.docx --diff

\b
Exit status: 0 nothing at or above --fail-on, 1 findings, 2 usage or unreadable input.
""",
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--corpus", type=click.Path(path_type=Path, file_okay=False),
    help="Folder of documents, or one that ingest wrote: contradictions with these are found as well.",
)  # fmt: skip
@click.option(
    "--select", multiple=True, callback=_selectors, metavar="RULES", help="Only these: DAT,MTG301.  [default: ALL]"
)
@click.option(
    "--ignore", multiple=True, callback=_selectors, metavar="RULES", help="Not these; the narrower one decides."
)
@click.option(
    "--format", "format_", type=click.Choice(["text", "json", "sarif", "junit", "github"]), default="text",
    show_default=True, help="json: one object; sarif, junit, github: for servers (docs/ci.md).",
)  # fmt: skip
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help=f"Text: every finding, not just {FIRST} of a rule with more than {MANY} in a file.",
)
@click.option("--statistics", is_flag=True, help="Text: how often each rule found something, in place of the findings.")
@click.option("--lang", type=click.Choice(["en", "zh"]), help="Language of the messages.  [default: the locale's]")
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "info"]), help="Exit with 1 from here on.  [default: error]"
)
@click.option(
    "--as-of", metavar="DAY", callback=_day, help="The day that counts as today (2026-11-21); no clock is read."
)
@click.option(
    "--period", metavar="EDTF", callback=_period,
    help="Months 2023-11/2024-10 or a year, with --corpus: measures of plans without evidence in it (PLN505, PLN506).",
)  # fmt: skip
@click.option(
    "--baseline", type=click.Path(path_type=Path, dir_okay=False), help="Hide the findings that stand in this file."
)
@click.option(
    "--write-baseline", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="Write what is found as a baseline, and exit clean.",
)  # fmt: skip
@click.option("--prune-baseline", is_flag=True, help="Take what is not found any more out of the baseline.")
@click.option(
    "--config", type=click.Path(path_type=Path, dir_okay=False), help="File of settings, in place of the one found."
)
@click.option("--fix", is_flag=True, help="Mend what safe rules can mend, in place; .pdf is never changed.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--unsafe", is_flag=True, help="With --fix or --diff: unsafe rules too; look at what they change.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Processes at work.  [default: one a core]")
@lexicon_option
@click.option(
    "--seconds", type=click.FloatRange(min=0, min_open=True), default=SECONDS, show_default=True,
    help="Time limit for each file.",
)  # fmt: skip
def command(  # noqa: PLR0913 - one parameter an option
    files: tuple[str, ...],
    corpus: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    format_: Format,
    everything: bool,
    statistics: bool,
    lang: Language | None,
    fail_on: SeverityName | None,
    as_of: str | None,
    period: str | None,
    baseline: Path | None,
    write_baseline: Path | None,
    prune_baseline: bool,
    config: Path | None,
    fix: bool,
    diff: bool,
    unsafe: bool,
    jobs: int | None,
    lexicon: tuple[Path, ...],
    seconds: float,
) -> None:
    """Say what a proof-reader would: wrong dates, marks, characters, names, titles, plans; with --corpus contradictions.

    FILE is files, folders (with all below them), patterns in quotes, or - for standard input. Settings are found upward from
    the first one: sco-extract.toml, or [tool.sco-extract] of pyproject.toml; options go before them. `sco-extract rules ID`
    explains a rule, docs/validate.md everything else.
    """
    if format_ != "text" and (everything or statistics):
        raise click.UsageError("--all and --statistics go with --format text; the other formats have all findings")
    if period and corpus is None:
        raise click.UsageError("--period goes with --corpus: evidence for measures is sought in other documents")
    start = Path.cwd() if files[0] == STDIN else Path(files[0])
    project = _project(config, start)
    settings = _settings(project.settings, select, ignore, {"as_of": as_of, "period": period})
    known_file = baseline or (project.path(settings.baseline) if settings.baseline else None)
    baselines = _Baselines(known_file, write_baseline, prune_baseline)
    known = _known(baselines)
    mending = _mending(_Mending(fix, diff, unsafe), files)
    language = lang or settings.lang or locale_language()
    output = _Output(format_, language, everything, statistics)
    options = Options(
        root=project.root,
        settings=settings,
        language=language,
        jobs=jobs or 0,
        lexicon=(*(project.path(name) for name in settings.lexicon), *lexicon),
        seconds=seconds,
        stdin=read_stream(sys.stdin.buffer) if STDIN in files else None,
        corpus=corpus,
        suppressions=_suppressions(project, start),
        baseline=None if write_baseline else known,
    )
    with progress_bar() as on_progress:
        result = validate(files, options, on_progress)
    if mending.diff:
        sys.exit(_show_diff(result, options, unsafe=mending.unsafe))
    fixed = _fix(result, options, unsafe=mending.unsafe) if mending.fix else _Fixed()
    if fixed.changed:
        with progress_bar() as on_progress:
            result = validate(files, options, on_progress)
    _write_baselines(result, baselines, known, project.root)
    _show(result, output)
    if result.failed or result.unread or fixed.unwritten:
        sys.exit(2)
    if write_baseline is None and result.reaches(fail_on or settings.fail_on or "error"):
        sys.exit(1)


def _project(config: Path | None, start: Path) -> Project:
    if config is None:
        return find_project(start)
    settings = read_settings(config)
    if settings is None:
        raise click.UsageError(f"{printable(str(config))} holds no table [tool.sco-extract]")
    return Project(config.resolve().parent, settings, config)


def _settings(
    settings: Settings, select: tuple[str, ...], ignore: tuple[str, ...], given: Mapping[str, str | None]
) -> Settings:
    """``settings`` under the options: --select takes the place of select and ignore, --ignore adds."""
    update: dict[str, object] = {name: value for name, value in given.items() if value}
    if select:
        update |= {"select": list(select), "ignore": list(ignore)}
    elif ignore:
        update["ignore"] = [*settings.ignore, *ignore]
    return settings.model_copy(update=update)


def _suppressions(project: Project, start: Path) -> Suppressions:
    path = find_suppressions(project, start)
    return load_suppressions(path, identity(path, project.root)) if path else Suppressions()


def _known(baselines: _Baselines) -> Baseline | None:
    if baselines.prune and (baselines.known is None or baselines.write):
        raise click.UsageError(
            "--prune-baseline needs --baseline (or baseline in the settings), and no --write-baseline"
        )
    return load_baseline(baselines.known) if baselines.known and not baselines.write else None


def _write_baselines(result: Result, baselines: _Baselines, known: Baseline | None, root: Path) -> None:
    if baselines.write:
        findings = result.validated.validation.findings
        write_baseline(baselines.write, make_baseline(findings))
        click.echo(f"{len(findings)} findings written to {printable(str(baselines.write))}", err=True)
    elif baselines.prune and known and baselines.known:
        there = {one.source for one in known.findings if (root / one.source).exists()}
        kept = prune(known, result.found, result.judged, there)
        write_baseline(baselines.known, kept)
        gone = len(known.findings) - len(kept.findings)
        click.echo(f"{gone} of {len(known.findings)} findings taken out of {printable(str(baselines.known))}", err=True)


def _mending(asked: _Mending, files: tuple[str, ...]) -> _Mending:
    if asked.fix and asked.diff:
        raise click.UsageError("--fix changes files, --diff only shows how; give one of them")
    if asked.unsafe and not (asked.fix or asked.diff):
        raise click.UsageError("--unsafe goes with --fix or --diff")
    if (asked.fix or asked.diff) and STDIN in files:
        raise click.UsageError("standard input cannot be mended; give a file")
    return asked


def _show_diff(result: Result, options: Options, *, unsafe: bool) -> int:
    """Print what would change; the exit status."""
    status = 2 if result.failed or result.unread else 0
    for one in mend_files(result, options, unsafe=unsafe):
        if one.diff:
            say(harmless(one.diff), nl=False)
            status = max(status, 1)
        _say_refusals(one, options.language)
    return status


def _fix(result: Result, options: Options, *, unsafe: bool) -> _Fixed:
    """Mend the files and say so on standard error."""
    changed = unwritten = False
    for one in mend_files(result, options, unsafe=unsafe):
        try:
            if one.write() and one.mended:
                changed = True
                values = {"path": one.name, "number": str(len(one.mended.done))}
                click.echo(harmless(message("ui_fixed", values, language=options.language)), err=True)
        except WriteError as error:
            unwritten = True
            click.echo(harmless(str(error)), err=True)
        _say_refusals(one, options.language)
    return _Fixed(changed, unwritten)


def _say_refusals(one: MendedFile, language: Language) -> None:
    if one.mended is None:
        values = {"path": one.name, "reason": one.error}
        click.echo(harmless(message("ui_not_written", values, language=language)), err=True)
        return
    refused = one.mended.refused
    for refusal in refused[:REFUSALS]:
        finding = refusal.finding
        quote = " ".join(finding.span.quote.split())[:QUOTE] if finding.span else ""
        values = {"path": one.name, "rule": finding.rule, "quote": quote, "reason": refusal.reason}
        click.echo(harmless(message("ui_not_fixed", values, language=language)), err=True)
    if len(refused) > REFUSALS:
        values = {"path": one.name, "number": str(len(refused) - REFUSALS)}
        click.echo(harmless(message("ui_not_fixed_more", values, language=language)), err=True)


def _show(result: Result, output: _Output) -> None:
    validated = result.validated
    unread = [(file.path, file.error or "", file.error_code or "") for file in result.failed]
    unread += [(path, why, "RUN002") for path, why in result.unread]
    if output.format == "text":
        color = _colors()
        show = to_statistics if output.statistics else partial(to_terminal, everything=output.everything)
        for part in show(validated, color=color):
            say(part, color=color)
    elif output.format == "json":
        say(to_json(validated.validation).decode(), nl=False)
    else:
        report = _WRITERS[output.format](validated)
        say(report.text, nl=False)
        summed = _write_summary(validated) if output.format == "github" else ()
        for note in (*report.left_out, *summed):
            click.echo(harmless(note), err=True)
    for path, why, code in unread:
        values = {"path": path, "error": why, "code": code}
        click.echo(harmless(message("ui_failed", values, language=output.language)), err=True)


def _write_summary(validated: Validated) -> tuple[str, ...]:
    """Add all findings to the summary of the step, where GitHub says which file that is; what was left out of it."""
    path = os.environ.get(STEP_SUMMARY)
    if not path:
        return ()
    report = step_summary(validated)
    try:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(report.text)
    except OSError as error:
        return (f"{path}: the summary of the step cannot be written ({error.strerror or error})",)
    return report.left_out


def _colors() -> bool:
    screen = console()
    return screen.is_terminal and not screen.no_color
