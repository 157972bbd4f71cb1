"""The corpus that validated files are held against: sources with their records, and their texts where passages are shown."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from sco_extract.check.places import Ruler
from sco_extract.check.proof import Proof
from sco_extract.lexicon.load import Lexicon
from sco_extract.link.decisions import correct, resolve
from sco_extract.link.linked import Constraint
from sco_extract.model.decisions import Decision
from sco_extract.model.diagnostics import ReadError
from sco_extract.model.records import SourceFile
from sco_extract.run.decisions_file import load_decisions
from sco_extract.run.inputs import Input, find_decisions, find_inputs, printable
from sco_extract.run.output import CORPUS
from sco_extract.run.pool import Pool, Progress
from sco_extract.run.store import Store
from sco_extract.run.worker import Job


@dataclass(frozen=True, slots=True)
class Others:
    """Sources beside those that are validated, by id, with what people decided about them.

    ``ruler`` gives the text of one by its id, ``whole`` its record with text and blocks. ``failed`` are files of a folder
    that could not be read: path and error.
    """

    sources: Mapping[str, SourceFile]
    constraints: tuple[Constraint, ...]
    ruler: Callable[[str], Ruler | None]
    whole: Callable[[str], SourceFile]
    failed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """How a folder is read: as in ``Job`` and ``Pool``; ``whole``: records keep their texts and blocks."""

    jobs: int
    lexicon: tuple[Path, ...]
    seconds: float
    make_executor: Callable[[int], Executor]
    on_progress: Callable[[Progress], None]
    whole: bool = False


def others(folder: Path, own: Mapping[str, Input], shas: Sequence[str], lexicon: Lexicon, reading: Reading) -> Others:
    """The sources of ``folder``, which ``ingest`` wrote or which holds documents, without those that are validated.

    These are known by their content (``shas``), by their path, or, in an output folder, by the path below the corpus that ends
    theirs: an edited document takes the place of its older version. Raises ``ReadError`` where there is no such folder.
    """
    if (folder / CORPUS).is_file():
        return _stored(Store(folder), own, frozenset(shas), lexicon)
    if not folder.is_dir():
        raise ReadError(
            "RUN012", f"{printable(str(folder))}: no such folder; name one with documents, or one that ingest wrote"
        )
    return _read(folder, own, frozenset(shas), lexicon, reading)


def _stored(store: Store, own: Mapping[str, Input], shas: frozenset[str], lexicon: Lexicon) -> Others:
    entries = {entry.id: entry for entry in store.corpus.sources}
    kept: dict[str, str] = {}  # id here: id in the store
    for identity in store.ids:
        entry = entries[identity]
        if entry.sha256 in shas or any(mine == entry.path or mine.endswith("/" + entry.path) for mine in own):
            continue
        kept[_free(entry.path, own)] = identity
    sources = {identity: _named(_light(store.source(there)), identity) for identity, there in kept.items()}

    def open_source(identity: str) -> SourceFile:
        return _named(store.source(kept[identity]), identity)

    paths = {there: identity for identity, there in kept.items()}
    decisions = [_renamed(one, paths) for one in store.decided().decision]
    constraints = _constraints(decisions, sources, open_source)
    return Others(sources, constraints, lambda one: Ruler.of(open_source(one)) if one in kept else None, open_source)


def _read(folder: Path, own: Mapping[str, Input], shas: frozenset[str], lexicon: Lexicon, reading: Reading) -> Others:
    mine = {one.path.resolve() for one in own.values() if one.path}
    inputs = [one for one in find_inputs([str(folder)]) if one.path and one.path.resolve() not in mine]
    named = [Input(_free(_shown(one), own), one.relative, one.path) for one in inputs]
    proof = Proof(rules=frozenset(), linked=True, whole=reading.whole)
    jobs = [Job(one, reading.lexicon, None, reading.seconds, None, proof, keep=True) for one in named]
    found: dict[int, SourceFile] = {}
    rulers: dict[str, Ruler] = {}
    failed: list[tuple[int, str, str]] = []
    for number, outcome in Pool(jobs, reading.jobs, reading.make_executor).run(reading.on_progress):
        if outcome.records is None:
            failed.append((number, named[number].id, outcome.entry.error or ""))
        elif outcome.entry.sha256 not in shas:
            found[number] = outcome.records
            if outcome.proofread and outcome.proofread.ruler:
                rulers[outcome.entry.id] = outcome.proofread.ruler
    sources = {found[number].source.id: found[number] for number in sorted(found)}
    decisions = load_decisions(*find_decisions([str(folder)]))
    ids = {one.relative: one.id for one in named}

    def open_source(identity: str) -> SourceFile:
        return sources[identity].model_copy(update={"text": rulers[identity].text})

    renamed = [_renamed(one, ids) for one in decisions]
    paths = {identity: identity for identity in sources}
    resolved = resolve(renamed, paths, open_source)
    for source, corrections in resolved.corrections.items():
        sources[source] = correct(sources[source], corrections, lexicon)
    unread = tuple((path, why) for _, path, why in sorted(failed))
    return Others(sources, resolved.constraints, rulers.get, sources.__getitem__, unread)


def _constraints(
    decisions: Sequence[Decision], sources: Mapping[str, SourceFile], open_source: Callable[[str], SourceFile]
) -> tuple[Constraint, ...]:
    return resolve(decisions, {identity: identity for identity in sources}, open_source).constraints


def _renamed(decision: Decision, ids: Mapping[str, str]) -> Decision:
    """``decision`` with the ids of sources that they have here."""
    update = {}
    for name in ("one", "other", "passage", "measure", "evidence"):
        passage = getattr(decision, name, None)
        if passage is not None and passage.source in ids:
            update[name] = passage.model_copy(update={"source": ids[passage.source]})
    return decision.model_copy(update=update)


def _shown(one: Input) -> str:
    """The path as the user would write it from here."""
    return printable(Path(os.path.relpath(one.path)).as_posix()) if one.path else one.relative


def _free(identity: str, taken: Mapping[str, Input]) -> str:
    return identity if identity not in taken else f"{identity}~corpus"


def _light(source: SourceFile) -> SourceFile:
    return source.model_copy(update={"text": "", "blocks": []})


def _named(source: SourceFile, identity: str) -> SourceFile:
    return source.model_copy(update={"source": source.source.model_copy(update={"id": identity})})
