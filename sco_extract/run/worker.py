"""What happens to one file, in a process that may be lost with it."""

from __future__ import annotations

import faulthandler
import gc
import hashlib
import logging
import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import FrameType

from sco_extract.check.places import Ruler
from sco_extract.check.proof import Proof, proofread
from sco_extract.lexicon.load import Lexicon, load
from sco_extract.model.diagnostics import ReadError
from sco_extract.model.records import CorpusEntry, Finding, SourceFile
from sco_extract.normalize import normalize
from sco_extract.pipeline import extract
from sco_extract.read import read
from sco_extract.run.inputs import Input, read_bytes
from sco_extract.write.json import to_json

# What a library in C may take beyond the time limit, which only Python code can keep, before its process is ended.
GRACE = 10.0
# Seconds a file, unless `ingest --seconds` says otherwise; nobody waits longer for one document unasked.
SECONDS = 60.0
RECORDS = ("dates", "documents", "meetings", "actions", "participants", "findings")


@dataclass(frozen=True, slots=True)
class Job:
    """One file to process. ``data`` is set where the bytes are at hand; ``seconds`` is its time limit.

    With ``proof`` the file is proof-read and its record not written; ``keep``: its text and records are wanted even where
    nothing is found.
    """

    input: Input
    lexicon: tuple[Path, ...] = ()
    date: str | None = None
    seconds: float = SECONDS
    data: bytes | None = None
    proof: Proof | None = None
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Proofread:
    """What a proof-reader found in a file; ``ruler`` (with the text) is there where something was, or was asked for."""

    findings: tuple[Finding, ...]
    ruler: Ruler | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: its entry in ``corpus.json`` and, unless it failed, the bytes of its record.

    ``records`` is the record without text and blocks, for linking: the texts of a large corpus do not fit into memory.
    """

    entry: CorpusEntry
    payload: bytes | None = None
    records: SourceFile | None = None
    proofread: Proofread | None = None


def process(jobs: tuple[Job, ...]) -> tuple[Outcome, ...]:
    """Process some files; nothing that a file does to the program leaves this function as an exception."""
    return tuple(_process(job) for job in jobs)


def prepare() -> None:
    """Make a worker process fit for a terminal: Ctrl-C is for the parent, libraries do not write to the screen."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.getLogger().addHandler(logging.NullHandler())


def failed(job: Job, code: str, message: str, sha256: str | None = None) -> Outcome:
    """The outcome of a file that could not be read; ``message`` need not name the file, the entry does."""
    return Outcome(
        CorpusEntry(
            id=job.input.id,
            path=job.input.relative,
            sha256=sha256,
            status="error",
            error=message.removeprefix(f"{job.input.relative}: "),
            error_code=code,
            format=None,
            encoding=None,
            records={},
        )
    )


def _process(job: Job) -> Outcome:
    digest: str | None = None
    try:
        with _time_limit(job.seconds):
            data = _bytes_of(job)
            digest = hashlib.sha256(data).hexdigest()
            return _extract(job, data)
    except _TimeUpError:
        message = f"took more than {job.seconds:g} seconds; split the file or allow more with --seconds"
        return failed(job, "RUN006", message, digest)
    except ReadError as error:
        return failed(job, error.code, str(error), digest)
    except OSError as error:
        return failed(job, "RUN002", f"{error.strerror or error}; check that it can be read", digest)
    except MemoryError:
        return failed(job, "RUN003", "needs more memory than there is; split the file", digest)
    except Exception as error:  # a defect met in one file must not take the other files with it
        return failed(job, "RUN005", _defect(error), digest)


def _bytes_of(job: Job) -> bytes:
    if job.data is not None:
        return job.data
    assert job.input.path is not None
    return read_bytes(job.input.path)


@cache
def _lexicon(paths: tuple[Path, ...]) -> Lexicon:
    """The lexicon, which lives as long as a worker: the garbage collector need not trace it for every large file."""
    lexicon = load(*paths)
    if multiprocessing.parent_process() is not None:
        gc.freeze()  # measured in November 2026: a fifth of the time of a file with 400,000 characters
    return lexicon


def _extract(job: Job, data: bytes) -> Outcome:
    document = normalize(read(data, job.input.relative))
    record = extract(
        document,
        _lexicon(job.lexicon),
        document_date=job.date,
        source_id=job.input.id,
        path=job.input.relative,
    )
    entry = CorpusEntry(
        id=job.input.id,
        path=job.input.relative,
        sha256=document.sha256,
        status="ok",
        error=None,
        error_code=None,
        format=document.format,
        encoding=document.encoding,
        records={name: len(getattr(record, name)) for name in RECORDS},
    )
    light = record.model_copy(update={"text": "", "blocks": []})
    if job.proof is None:
        return Outcome(entry, to_json(record), light)
    findings = proofread(record, _lexicon(job.lexicon), job.proof)
    ruler = Ruler.of(record) if findings or job.keep else None
    kept = record if job.proof.whole else light if job.keep else None
    return Outcome(entry, None, kept, Proofread(findings, ruler))


def _defect(error: Exception) -> str:
    where = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"the program failed on this file ({type(error).__name__} in {Path(where.filename).name}, line {where.lineno}); "
        "this is a defect of the program, please report it with the file"
    )


class _TimeUpError(BaseException):
    """Not an ``Exception``, so that no reader takes it for a fault of the file."""


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise ``_TimeUpError`` in the block after ``seconds``; end a worker process that does not react to that.

    Signals reach only the main thread of a process on POSIX; elsewhere the readers' own checks must do.
    """
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise _TimeUpError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        if multiprocessing.parent_process() is None:
            yield
        else:
            with _end_process_after(seconds + GRACE):
                yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _end_process_after(seconds: float) -> Iterator[None]:
    """A timer outside Python's own thread, because code in C may never return to it."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
