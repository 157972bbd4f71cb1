"""Read ``decisions.toml``: what breaks its schema is said with file, line and entry."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from sco_extract.model.decisions import Correct, Decision, DecisionsFile, field_value, fields_of
from sco_extract.model.diagnostics import ReadError
from sco_extract.values.edtf import parse

# Ten thousand decisions of a screen line each; the TOML reader of the standard library takes a second for it.
MAX_BYTES = 2 * 1024 * 1024
_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*decision[ \t]*\]\]", re.MULTILINE)
_DATES = {"date", "dates"}


def load_decisions(*paths: Path) -> tuple[Decision, ...]:
    """The decisions of all files, in order.

    Raises ``ReadError`` (``RUN011``) that names the file, the entry and the line where a file cannot be read, is too large,
    is no TOML or breaks ``schemas/decisions.schema.json``, or where two decisions have one id.
    """
    found: dict[str, Decision] = {}
    for path in paths:
        text = _read(path)
        for number, decision in enumerate(_parse(path, text).decision):
            if decision.id in found:
                raise _unusable(f"{_at(path, text, number, 'id')}: the id {decision.id} is taken; choose another")
            _check_value(path, text, number, decision)
            found[decision.id] = decision
    return tuple(found.values())


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise _unusable(f"{path}: more than {MAX_BYTES:,} bytes; split it and give both with --decisions")
        return data.decode("utf-8-sig")
    except OSError as error:
        raise _unusable(f"{path}: {error.strerror or error}; check that it can be read") from error
    except UnicodeDecodeError as error:
        raise _unusable(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from error


def _parse(path: Path, text: str) -> DecisionsFile:
    try:
        # Line ends of Windows are those of TOML, but a multi-line string keeps them otherwise.
        return DecisionsFile.model_validate(_plain(tomllib.loads(text.replace("\r\n", "\n"))))
    except ValidationError as error:
        raise _unusable(_explain(path, text, error)) from error
    except (ValueError, RecursionError) as error:  # TOMLDecodeError is a ValueError, as is a number of too many digits
        detail = "nested too deep" if isinstance(error, RecursionError) else str(error)
        raise _unusable(f"{path}: no TOML: {detail}") from error


def _plain(value: object) -> object:
    """TOML's dates as ISO text: they may be written with and without quotes."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _explain(path: Path, text: str, error: ValidationError) -> str:
    """The first thing that is wrong: file, line, entry, key."""
    first = error.errors(include_url=False)[0]
    where = [part for part in first["loc"] if part not in ("merge", "split", "correct", "accept", "reject")]
    message = {"extra_forbidden": "not known here", "missing": "is needed"}.get(first["type"], first["msg"])
    message = message.removeprefix("Value error, ")
    if len(where) < 2 or not isinstance(where[1], int):
        return f"{path}: {'.'.join(map(str, where))}: {message}; decisions are [[decision]] tables"
    keys = [str(part) for part in where[2:]]
    return f"{_at(path, text, where[1], keys[0] if keys else '')}: {'.'.join(keys) + ': ' if keys else ''}{message}"


def _check_value(path: Path, text: str, number: int, decision: Decision) -> None:
    """A value that does not fit its field is a slip of the pen, to be said at once; an unknown field is a finding."""
    if not isinstance(decision, Correct) or decision.field not in fields_of(decision.type):
        return
    try:
        value = field_value(decision.type, decision.field, decision.value)
    except ValueError as error:
        raise _unusable(f"{_at(path, text, number, 'value')}: {decision.field}: {error}") from error
    dates = value if isinstance(value, list) else [value]
    wrong = [one for one in dates if isinstance(one, str) and parse(one) is None] if decision.field in _DATES else []
    if wrong:
        raise _unusable(f"{_at(path, text, number, 'value')}: {decision.field}: {wrong[0]!r} is no EDTF date")


def _at(path: Path, text: str, number: int, key: str) -> str:
    """File, line and entry, as far as they can be told from the text."""
    headers = list(_HEADER.finditer(text))
    if number >= len(headers):
        return f"{path}: [[decision]] {number + 1}"
    start = headers[number].start()
    end = headers[number + 1].start() if number + 1 < len(headers) else len(text)
    found = re.compile(rf"^[ \t]*{re.escape(key)}[ \t]*[=.]", re.MULTILINE).search(text, start, end) if key else None
    line = text.count("\n", 0, found.start() if found else start) + 1
    return f"{path}, line {line}: [[decision]] {number + 1}"


def _unusable(message: str) -> ReadError:
    return ReadError("RUN011", message)
