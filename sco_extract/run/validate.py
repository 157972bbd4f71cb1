"""Proof-read files: each by itself in a pool of processes, on demand against a corpus, then what is hidden, where it stands."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from sco_extract.check import CHECKS, check_corpus
from sco_extract.check.advice import advice
from sco_extract.check.fingerprint import fingerprints
from sco_extract.check.places import WRITTEN, Ruler
from sco_extract.check.proof import Proof, in_text
from sco_extract.check.registry import BY_ID, NEEDS_DAY, NEEDS_PERIOD, RULES, choose, fits
from sco_extract.check.rule import Language
from sco_extract.check.sheet import Profile
from sco_extract.lexicon.load import Lexicon, load
from sco_extract.link.entities import link
from sco_extract.model.diagnostics import ReadError
from sco_extract.model.records import Finding, SourceFile, Span
from sco_extract.model.settings import Baseline, Settings
from sco_extract.model.validation import (
    FixSafety,
    Place,
    SeverityName,
    Summary,
    Validated,
    ValidatedFile,
    ValidatedFinding,
    ValidatedPassage,
    Validation,
)
from sco_extract.model.version import TOOL_VERSION
from sco_extract.run.batch import cores
from sco_extract.run.corpus import Others, Reading, others
from sco_extract.run.inputs import Input, find_inputs, printable
from sco_extract.run.measures import check_measures
from sco_extract.run.pool import Pool, Progress, process_pool
from sco_extract.run.suppress import Suppressions, Tally, hide, path_fits, stale
from sco_extract.run.worker import SECONDS, Job, Outcome
from sco_extract.values.edtf import parse

RANKS: dict[SeverityName, int] = {"info": 0, "warning": 1, "error": 2}


@dataclass(frozen=True, slots=True)
class Options:
    """How to validate. ``settings`` hold for all files, their paths are not read here; ``root`` is what ids count from.

    ``jobs`` 0 means one process a core, ``seconds`` is the time limit of each file. ``corpus`` is a folder of documents or one
    that ``ingest`` wrote. Findings whose fingerprint stands in ``baseline`` are hidden.
    """

    root: Path
    settings: Settings = field(default_factory=Settings)
    language: Language = "en"
    jobs: int = 0
    lexicon: tuple[Path, ...] = ()
    seconds: float = SECONDS
    stdin: bytes | None = None
    corpus: Path | None = None
    suppressions: Suppressions = field(default_factory=Suppressions)
    baseline: Baseline | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """``validated`` is for the reader, ``paths`` are the files by id.

    ``found`` are all fingerprints before a baseline hides some, ``judged`` the pairs of source and rule that were looked
    at, ``unread`` the files of the corpus that could not be read.
    """

    validated: Validated
    paths: Mapping[str, Path]
    found: frozenset[str] = frozenset()
    judged: frozenset[tuple[str, str]] = frozenset()
    unread: tuple[tuple[str, str], ...] = ()

    @property
    def failed(self) -> tuple[ValidatedFile, ...]:
        """The files that could not be read."""
        return tuple(file for file in self.validated.validation.files if file.status == "error")

    def reaches(self, severity: SeverityName) -> bool:
        """Whether there is a finding of this severity or above."""
        return any(RANKS[one.severity] >= RANKS[severity] for one in self.validated.validation.findings)


def validate(
    arguments: Sequence[str],
    options: Options,
    on_progress: Callable[[Progress], None] = lambda _: None,
    make_executor: Callable[[int], Executor] = process_pool,
) -> Result:
    """Proof-read all files that ``arguments`` name. The result does not depend on ``jobs``.

    A file that cannot be read becomes an entry with its error; the others go on. Raises ``ReadError`` where an argument names
    nothing, there is no file to read, the corpus is none or no process can be started, ``LexiconError``.
    """
    inputs = _inputs(arguments, options.root)
    lexicon = load(*options.lexicon)
    rules = choose(_upper(options.settings.select), _upper(options.settings.ignore))
    profile, linked = profile_of(options.settings), options.corpus is not None
    proof = Proof(rules, options.language, profile, linked=linked, whole=linked and options.settings.period is not None)
    keep = proof.linked or bool(options.suppressions.entries)
    jobs = [
        Job(one, options.lexicon, None, options.seconds, options.stdin if one.path is None else None, proof, keep)
        for one in inputs
    ]
    workers = options.jobs or cores()
    outcomes = dict(Pool(jobs, workers, make_executor).run(on_progress))
    run = _Run(options, rules, {one.id: one for one in inputs})
    run.read([outcomes[number] for number in range(len(inputs))])
    unread: tuple[tuple[str, str], ...] = ()
    if options.corpus is not None:
        reading = Reading(workers, options.lexicon, options.seconds, make_executor, on_progress, proof.whole)
        shas = [one.entry.sha256 for one in outcomes.values() if one.entry.sha256 and one.entry.status == "ok"]
        beside = others(options.corpus, run.inputs, shas, lexicon, reading)
        run.link(beside, lexicon)
        run.measure(beside, lexicon, proof)
        unread = beside.failed
    return replace(run.result(lexicon.version), unread=unread)


def _inputs(arguments: Sequence[str], root: Path) -> tuple[Input, ...]:
    """The files, each once, with their paths from ``root`` as ids."""
    inputs = find_inputs(arguments)
    if not inputs:
        where = printable(", ".join(arguments))
        raise ReadError("RUN010", f"{where}: no file to read; hidden files and Word's lock files (~$…) are left out")
    return tuple(Input(name, name, one.path) for one in inputs for name in (identity(one.path, root),))


def identity(path: Path | None, root: Path) -> str:
    """The path from ``root`` with ``/``, the absolute path where there is no way; ``stdin`` for standard input."""
    if path is None:
        return "stdin"
    try:
        return printable(Path(os.path.relpath(path.resolve(), root.resolve())).as_posix())
    except ValueError:  # another drive of Windows
        return printable(path.resolve().as_posix())


def _upper(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.upper() for name in names)


def profile_of(settings: Settings) -> Profile:
    """What the settings say to the rules."""
    return Profile(settings.as_of, frozenset(settings.terms), tuple(settings.members), settings.due_within)


@dataclass(slots=True)
class _Run:
    """A run on its way: what was found in each source so far, in the order of the files."""

    options: Options
    rules: frozenset[str]
    inputs: Mapping[str, Input]
    files: list[ValidatedFile] = field(default_factory=list)
    findings: dict[str, list[Finding]] = field(default_factory=dict)
    rulers: dict[str, Ruler] = field(default_factory=dict)
    records: dict[str, SourceFile] = field(default_factory=dict)
    formats: dict[str, str | None] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)
    found: set[str] = field(default_factory=set)
    known: int = 0  # findings that the baseline hides

    def read(self, outcomes: Iterable[Outcome]) -> None:
        """Take in what the processes did."""
        for outcome in outcomes:
            entry, result = outcome.entry, outcome.proofread
            path = self.inputs[entry.id].path
            self.files.append(
                ValidatedFile(
                    id=entry.id,
                    path=printable(str(path)) if path else entry.id,
                    format=entry.format,
                    sha256=entry.sha256,
                    status=entry.status,
                    error=entry.error,
                    error_code=entry.error_code,
                )
            )
            self.formats[entry.id] = entry.format
            if result is not None:
                self.findings[entry.id] = list(result.findings)
            if result is not None and result.ruler is not None:
                self.rulers[entry.id] = result.ruler
            if outcome.records is not None:
                self.records[entry.id] = outcome.records

    def link(self, beside: Others, lexicon: Lexicon) -> None:
        """Link the files with the sources beside them; what concerns none of the files is left out."""
        checks = [check for check in CHECKS if check.id in self.rules]
        if not checks or not self.records:
            return
        linked = link([*beside.sources.values(), *self.records.values()], lexicon, beside.constraints)
        touched = []
        for one in check_corpus(linked, lexicon, checks, self.options.language):
            sources = {one.source, *(passage.source for passage in one.related)}
            if sources & self.records.keys():
                touched.append((one, sources))
        for source in sorted({source for _, sources in touched for source in sources} - self.records.keys()):
            ruler = beside.ruler(source)
            if ruler is not None:
                self.rulers[source] = ruler
                self.formats[source] = beside.sources[source].source.format
        for one, _ in touched:
            self.findings.setdefault(one.source, []).append(one)

    def measure(self, beside: Others, lexicon: Lexicon, proof: Proof) -> None:
        """Look for evidence for the measures of the plans among the files."""
        period = parse(self.options.settings.period or "")
        plans = [record for record in self.records.values() if record.actions]
        if period is None or not plans or not self.rules & NEEDS_PERIOD:
            return
        sources = chain((beside.whole(one) for one in beside.sources), self.records.values())
        for one in check_measures(plans, sources, period, lexicon, proof):
            self.findings.setdefault(one.source, []).append(one)
            for passage in one.related:
                ruler = self.rulers.get(passage.source) or beside.ruler(passage.source)
                if ruler is not None:
                    self.rulers[passage.source] = ruler
                if passage.source in beside.sources:
                    self.formats[passage.source] = beside.sources[passage.source].source.format

    def result(self, lexicon_version: str) -> Result:
        """What is to be shown."""
        shown: list[ValidatedFinding] = []
        for source, findings in self.findings.items():
            shown.extend(self._shown(source, sorted(findings, key=in_text)))
        shown.extend(self._about_suppressions())
        validation = Validation(
            tool_version=TOOL_VERSION,
            lexicon_version=lexicon_version,
            findings=shown,
            summary=self._summary(shown),
            files=self.files,
        )
        texts = {source: ruler.text for source, ruler in self.rulers.items()}
        written = frozenset(source for source, format_ in self.formats.items() if format_ in WRITTEN)
        return Result(
            Validated(validation, texts, written, self.options.language),
            {one.id: one.path for one in self.inputs.values() if one.path},
            found=frozenset(self.found),
            judged=frozenset((source, rule) for source in self.findings for rule in self._judged()),
        )

    def _shown(self, source: str, findings: Sequence[Finding]) -> list[ValidatedFinding]:
        """Those of the findings of a source that nothing hides."""
        names = fingerprints(findings, source)
        path = self.inputs[source].path if source in self.inputs else None
        left_out = self._left_out(source)
        kept = [pair for pair in zip(findings, names, strict=True) if pair[0].rule not in left_out]
        if path is not None and source in self.rulers:
            options = self.options
            hidden = hide(
                options.suppressions,
                path,
                self.rulers[source].text,
                [one for one, _ in kept],
                self.tally,
                options.settings.as_of,
            )
            kept = [pair for pair, out in zip(kept, hidden, strict=True) if not out]
        self.found.update(name for _, name in kept)
        baseline = {one.fingerprint for one in self.options.baseline.findings} if self.options.baseline else set()
        self.known += sum(name in baseline for _, name in kept)
        return [self._validated(one, name) for one, name in kept if name not in baseline]

    def _left_out(self, source: str) -> frozenset[str]:
        """The rules that the settings leave out in a file; a defect of the program is always told."""
        ignores = self.options.settings.per_file_ignores.items()
        ignored = [rule for pattern, rules in ignores if path_fits(source, pattern) for rule in _upper(rules)]
        return frozenset(BY_ID) - choose(("ALL",), ignored) if ignored else frozenset()

    def _about_suppressions(self) -> list[ValidatedFinding]:
        options = self.options
        if not options.suppressions.entries:
            return []
        found = stale(options.suppressions, self.tally, self._judged(), options.language, options.settings.as_of)
        found = [one for one in found if one.rule in self.rules]
        if found:
            source = options.suppressions.source
            self.rulers[source] = Ruler.of_text(options.suppressions.text)
            self.formats[source] = WRITTEN[0]
        names = fingerprints(found, options.suppressions.source)
        return [self._validated(one, name) for one, name in zip(found, names, strict=True)]

    def _judged(self) -> frozenset[str]:
        """The rules that could find all they can."""
        settings, judged = self.options.settings, self.rules
        if self.options.corpus is None:
            judged -= {entry.id for entry in RULES if entry.scope == "corpus"}
        if settings.period is None:
            judged -= NEEDS_PERIOD
        return judged if settings.as_of else judged - NEEDS_DAY

    def _validated(self, one: Finding, fingerprint: str) -> ValidatedFinding:
        return ValidatedFinding(
            rule=one.rule,
            severity=self._severity(one),
            message=one.message,
            source=one.source,
            span=one.span,
            related=[
                ValidatedPassage(
                    source=other.source,
                    span=other.span,
                    message=other.message,
                    place=self._place(other.source, other.span),
                )
                for other in one.related
            ],
            fix=one.fix,
            fix_safety=_safety(one),
            help=advice(one.rule, self.options.language),
            place=self._place(one.source, one.span) if one.span else None,
            fingerprint=fingerprint,
        )

    def _place(self, source: str, span: Span) -> Place | None:
        ruler = self.rulers.get(source)
        return ruler.place(span) if ruler else None

    def _severity(self, one: Finding) -> SeverityName:
        """The severity that the settings give the rule, the narrowest of them; else its own."""
        chosen = [(fits(name.upper(), one.rule), severity) for name, severity in self.options.settings.severity.items()]
        best = max(chosen, key=lambda pair: pair[0], default=(-1, one.severity))
        return best[1] if best[0] >= 0 else one.severity

    def _summary(self, shown: Sequence[ValidatedFinding]) -> Summary:
        counts = {name: sum(one.severity == name for one in shown) for name in RANKS}
        return Summary(
            files=len(self.files),
            failed=sum(file.status == "error" for file in self.files),
            errors=counts["error"],
            warnings=counts["warning"],
            infos=counts["info"],
            fixable=sum(one.fix_safety == "safe" for one in shown),
            fixable_unsafe=sum(one.fix_safety == "unsafe" for one in shown),
            suppressed=self.tally.hidden,
            baseline=self.known,
        )


def _safety(one: Finding) -> FixSafety | None:
    if one.fix is None or one.span is None:
        return None
    entry = BY_ID.get(one.rule)
    return "safe" if entry is not None and entry.fix == "safe" else "unsafe"
