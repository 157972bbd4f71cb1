"""A baseline: findings that are known and hidden, so that only new ones count."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable
from pathlib import Path

from pydantic import ValidationError

from sco_extract.model.diagnostics import ReadError, WriteError
from sco_extract.model.settings import Baseline, BaselineEntry
from sco_extract.model.validation import ValidatedFinding
from sco_extract.run.inputs import printable
from sco_extract.write.json import to_json

UNUSABLE = "RUN015"
# A million findings, each a line of some hundred bytes.
MAX_BYTES = 256 * 1024 * 1024
# What an entry repeats of its passage, for people.
QUOTE = 60


def load_baseline(path: Path) -> Baseline:
    """The baseline in ``path``; ``ReadError`` ``RUN015`` where it cannot be read or is none."""
    name = printable(str(path))
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise ReadError(UNUSABLE, f"{name}: more than {MAX_BYTES:,} bytes, which is no baseline")
        return Baseline.model_validate_json(data)
    except FileNotFoundError as error:
        hint = f"write it with --write-baseline {name}"
        raise ReadError(UNUSABLE, f"{name}: no such file; {hint}") from error
    except OSError as error:
        raise ReadError(UNUSABLE, f"{name}: {error.strerror or error}; check that it can be read") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        why = f"{where}: {first['msg']}"
        raise ReadError(UNUSABLE, f"{name}: no baseline ({why}); write it anew with --write-baseline") from error


def make_baseline(findings: Iterable[ValidatedFinding]) -> Baseline:
    """A baseline of ``findings``."""
    return _sorted(
        BaselineEntry(
            fingerprint=one.fingerprint,
            rule=one.rule,
            source=one.source,
            quote=" ".join(one.span.quote.split())[:QUOTE] if one.span else "",
        )
        for one in findings
    )


def prune(
    baseline: Baseline, found: Container[str], judged: Container[tuple[str, str]], there: Container[str]
) -> Baseline:
    """``baseline`` without what is not among the fingerprints ``found`` any more.

    Judged are only entries whose (source, rule) is ``judged``, that is, was looked at now, and those of sources that are not
    ``there`` any more.
    """
    return _sorted(
        one
        for one in baseline.findings
        if one.fingerprint in found or ((one.source, one.rule) not in judged and one.source in there)
    )


def write_baseline(path: Path, baseline: Baseline) -> None:
    """Write ``baseline`` to ``path``, whole or not at all; ``WriteError`` where that cannot be done."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with partial.open("xb") as file:
            file.write(to_json(baseline))
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        why = error.strerror or error
        raise WriteError(f"{printable(str(path))}: cannot be written ({why}); choose another file") from error


def _sorted(entries: Iterable[BaselineEntry]) -> Baseline:
    """In an order in which edits of one document change lines that stand together."""
    return Baseline(findings=sorted(entries, key=lambda one: (one.source, one.rule, one.quote, one.fingerprint)))
