"""Ingest a corpus: every file through a pool of processes, then correct, link, check, and write everything."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from sco_extract.check import check_corpus
from sco_extract.lexicon.load import Lexicon, load
from sco_extract.link.decisions import Resolved, correct, resolve
from sco_extract.link.entities import link
from sco_extract.model.decisions import Decided, Decision
from sco_extract.model.diagnostics import ReadError
from sco_extract.model.records import Corpus, CorpusEntry, Finding, SourceFile
from sco_extract.model.version import TOOL_VERSION
from sco_extract.run.decisions_file import load_decisions
from sco_extract.run.inputs import find_decisions, find_inputs, printable
from sco_extract.run.output import CORPUS, DECISIONS, SOURCES, OutputFolder
from sco_extract.run.pool import Pool, Progress, process_pool
from sco_extract.run.worker import RECORDS, SECONDS, Job
from sco_extract.write.json import to_json, to_json_lines


@dataclass(frozen=True, slots=True)
class Options:
    """How to run. ``jobs`` 0 means one process a core; ``date`` (EDTF) overrides the date of every document.

    ``seconds`` is the time limit of each file. ``decisions`` are files of human decisions; empty: those that lie at the top of
    a folder that is read.
    """

    output: Path
    jobs: int = 0
    lexicon: tuple[Path, ...] = ()
    date: str | None = None
    seconds: float = SECONDS
    stdin: bytes | None = None
    decisions: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class CorpusResult:
    """What a run did: the content of ``corpus.json``, all findings, and how many human decisions hold (and do not)."""

    corpus: Corpus
    findings: tuple[Finding, ...]
    applied: int = 0
    unresolved: int = 0

    @property
    def failed(self) -> tuple[CorpusEntry, ...]:
        """The files that could not be read."""
        return tuple(entry for entry in self.corpus.sources if entry.status == "error")


def ingest(
    arguments: Sequence[str],
    options: Options,
    on_progress: Callable[[Progress], None] = lambda _: None,
    make_executor: Callable[[int], Executor] = process_pool,
) -> CorpusResult:
    """Read all files that ``arguments`` name and write their records below ``options.output`` as ``docs/formats.md`` says.

    A file that cannot be read becomes an entry with its error; the others go on. The result does not depend on ``jobs``.
    Raises ``ReadError`` where an argument names nothing, there is no file to read, no process can be started or human
    decisions break their schema, ``LexiconError``, ``WriteError``.
    """
    inputs = find_inputs(arguments, options.output)
    if not inputs:
        where = printable(", ".join(arguments))
        raise ReadError("RUN010", f"{where}: no file to read; hidden files and Word's lock files (~$…) are left out")
    lexicon = load(*options.lexicon)
    decisions = load_decisions(*(options.decisions or find_decisions(arguments)))
    jobs = [
        Job(source, options.lexicon, options.date, options.seconds, options.stdin if source.path is None else None)
        for source in inputs
    ]
    with OutputFolder(options.output) as folder:
        entries: dict[int, CorpusEntry] = {}
        records: dict[int, SourceFile] = {}
        for number, outcome in Pool(jobs, options.jobs or cores(), make_executor).run(on_progress):
            entries[number] = outcome.entry
            if outcome.payload is not None and outcome.records is not None:
                folder.add(_file_of(outcome.entry.id), outcome.payload)
                records[number] = outcome.records
        sources = {records[number].source.id: records[number] for number in sorted(records)}
        resolved = _decide(folder, sources, decisions, lexicon)
        findings = _write_merged(folder, list(sources.values()), resolved, lexicon)
        corpus = _corpus([entries[number] for number in sorted(entries)], lexicon.version, len(findings))
        folder.add(DECISIONS, to_json(Decided(decision=list(decisions), links=list(resolved.links))))
        folder.add(CORPUS, to_json(corpus))
        folder.publish()
    return CorpusResult(corpus, findings, resolved.applied, resolved.unresolved)


def _decide(
    folder: OutputFolder, sources: dict[str, SourceFile], decisions: Sequence[Decision], lexicon: Lexicon
) -> Resolved:
    """Find what ``decisions`` speak of and correct the records, here and in their files; one text at a time in memory."""

    def reopen(source: str) -> SourceFile:
        return SourceFile.model_validate_json(folder.read(_file_of(source)))

    paths = {identity: record.source.path for identity, record in sources.items()}
    resolved = resolve(decisions, paths, reopen)
    for source, corrections in resolved.corrections.items():
        folder.replace(_file_of(source), to_json(correct(reopen(source), corrections, lexicon)))
        sources[source] = correct(sources[source], corrections, lexicon)
    return resolved


def _file_of(source: str) -> str:
    return f"{SOURCES}/{source}.json"


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _corpus(entries: list[CorpusEntry], lexicon_version: str, findings: int) -> Corpus:
    counts = {"sources": len(entries), "failed": sum(entry.status == "error" for entry in entries)}
    counts.update({name: sum(entry.records.get(name, 0) for entry in entries) for name in RECORDS})
    counts["findings"] = findings  # those between the sources belong to no entry
    return Corpus(tool_version=TOOL_VERSION, lexicon_version=lexicon_version, counts=counts, sources=entries)


def _write_merged(
    folder: OutputFolder, sources: list[SourceFile], resolved: Resolved, lexicon: Lexicon
) -> tuple[Finding, ...]:
    linked = link(sources, lexicon, resolved.constraints)
    findings = (
        *(finding for source in sources for finding in source.findings),
        *resolved.findings,
        *check_corpus(linked, lexicon),
    )
    folder.add("meetings.jsonl", to_json_lines([cluster.entity for cluster in linked.meetings]))
    folder.add("documents.jsonl", to_json_lines([cluster.entity for cluster in linked.documents]))
    folder.add("actions.jsonl", to_json_lines([cluster.entity for cluster in linked.actions]))
    folder.add("participants.jsonl", to_json_lines([cluster.entity for cluster in linked.participants]))
    folder.add("bodies.jsonl", to_json_lines(linked.bodies))
    folder.add("findings.jsonl", to_json_lines(findings))
    return findings
