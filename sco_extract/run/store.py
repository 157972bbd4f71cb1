"""Read back what a run has written, as far as it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from sco_extract.model.decisions import Decided
from sco_extract.model.diagnostics import ReadError
from sco_extract.model.records import (
    SCHEMA_VERSION,
    ActionEntity,
    BodyEntity,
    Corpus,
    Finding,
    InstrumentEntity,
    MeetingEntity,
    ParticipantEntity,
    SourceFile,
)
from sco_extract.run.inputs import printable
from sco_extract.run.output import CORPUS, DECISIONS, SOURCES

_Model = TypeVar("_Model", bound=BaseModel)


class Store:
    """The output folder of ``sco-extract ingest``; nothing is read before it is asked for, lists line by line.

    Everything raises ``ReadError``: ``RUN012`` where there is no such folder, no run has written it or one of another version
    has, ``RUN008`` where a file of the run is missing, damaged or changed, which names the file and the line.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def corpus(self) -> Corpus:
        """``corpus.json``: what was run, and its sources."""
        path = self.folder / CORPUS
        name = printable(str(self.folder))
        try:
            data = path.read_bytes()
        except (FileNotFoundError, NotADirectoryError) as error:
            what = "holds no corpus.json" if self.folder.is_dir() else "no such folder"
            raise ReadError(
                "RUN012", f"{name}: {what}; run sco-extract ingest first, or name a folder with -o"
            ) from error
        except OSError as error:
            raise ReadError("RUN012", f"{path}: {error.strerror or error}; check that it can be read") from error
        try:
            corpus = Corpus.model_validate_json(data)
        except ValidationError as error:
            raise ReadError("RUN012", f"{name}: {_other_version(error)}; ingest again") from error
        if corpus.schema_version != SCHEMA_VERSION:
            versions = f"schema {corpus.schema_version}, this is {SCHEMA_VERSION}"
            raise ReadError("RUN012", f"{name}: written by another version ({versions}); ingest again")
        return corpus

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Ids of the sources that were read, in order."""
        entries = (entry for entry in self.corpus.sources if entry.status == "ok")
        return tuple(entry.id for entry in entries if Path(entry.id).name == entry.id)

    def source(self, identity: str) -> SourceFile:
        """The record of the source ``identity``, one of ``ids``, with its text."""
        path = self.folder / SOURCES / f"{identity}.json"
        try:
            return SourceFile.model_validate_json(path.read_bytes())
        except (OSError, ValidationError) as error:
            raise ReadError("RUN008", f"{path}: {_other_version(error)}; ingest it again") from error

    def decided(self) -> Decided:
        """The human decisions that the run took into account, and the links among them that it could find."""
        _ = self.corpus
        path = self.folder / DECISIONS
        try:
            return Decided.model_validate_json(path.read_bytes())
        except (OSError, ValidationError) as error:
            raise ReadError("RUN008", f"{path}: {_other_version(error)}; ingest again") from error

    def meetings(self) -> Iterator[MeetingEntity]:
        """The lines of ``meetings.jsonl``."""
        return self._lines("meetings", MeetingEntity)

    def documents(self) -> Iterator[InstrumentEntity]:
        """The lines of ``documents.jsonl``."""
        return self._lines("documents", InstrumentEntity)

    def actions(self) -> Iterator[ActionEntity]:
        """The lines of ``actions.jsonl``."""
        return self._lines("actions", ActionEntity)

    def participants(self) -> Iterator[ParticipantEntity]:
        """The lines of ``participants.jsonl``."""
        return self._lines("participants", ParticipantEntity)

    def bodies(self) -> Iterator[BodyEntity]:
        """The lines of ``bodies.jsonl``."""
        return self._lines("bodies", BodyEntity)

    def findings(self) -> Iterator[Finding]:
        """The lines of ``findings.jsonl``."""
        return self._lines("findings", Finding)

    def _lines(self, name: str, model: type[_Model]) -> Iterator[_Model]:
        _ = self.corpus  # says in words that there is no run, or one of another version
        path = self.folder / f"{name}.jsonl"
        number = 0
        try:
            with path.open("rb") as file:
                for number, line in enumerate(file, 1):  # noqa: B007 - told where a line is wrong
                    yield model.model_validate_json(line)
        except (OSError, ValidationError) as error:
            where = f"{path}, line {number}" if isinstance(error, ValidationError) else str(path)
            raise ReadError("RUN008", f"{where}: {_other_version(error)}; ingest again") from error


def _other_version(error: OSError | ValidationError) -> str:
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return "not written by this version"
