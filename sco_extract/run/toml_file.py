"""Read a TOML file that people write: what is wrong in it is said with file, line and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from sco_extract.model.diagnostics import ReadError
from sco_extract.run.inputs import printable
from sco_extract.run.suggest import did_you_mean

# Ten thousand entries of a screen line each; the TOML reader of the standard library takes a second for it.
MAX_BYTES = 2 * 1024 * 1024
_HEADER = re.compile(r"[ \t]*(?P<open>\[\[?)(?P<name>[^\[\]]+)\]")
_KEY = re.compile(
    r"[ \t]*(?P<name>(?:[\w-]+|\"[^\"]*\"|'[^']*')(?:[ \t]*\.[ \t]*(?:[\w-]+|\"[^\"]*\"|'[^']*'))*)[ \t]*="
)
_PART = re.compile(r"[\w-]+|\"[^\"]*\"|'[^']*'")
# What pydantic says of a model's field, for people who write a file.
_SAID = {
    "extra_forbidden": "not known here",
    "missing": "is needed",
    "string_too_short": "may not be empty",
    "string_type": "text in quotation marks is needed",
}
_Model = TypeVar("_Model", bound=BaseModel)
Location = tuple[str | int, ...]


class TomlFile:
    """A file at hand. ``code`` is that of the ``ReadError`` that everything raises which is wrong in it."""

    def __init__(self, path: Path, code: str) -> None:
        self.path = path
        self.code = code
        self.text = self._read()

    def parse(self) -> Mapping[str, object]:
        """The tables, with dates as ISO text: they may be written with and without quotes."""
        try:
            # Line ends of Windows are those of TOML, but a multi-line string keeps them otherwise.
            parsed = _plain(tomllib.loads(self.text.replace("\r\n", "\n")))
        except (
            ValueError,
            RecursionError,
        ) as error:  # TOMLDecodeError is a ValueError, as is a number of too many digits
            detail = "nested too deep" if isinstance(error, RecursionError) else str(error)
            raise self._unusable(f"{self.name}: no TOML: {detail}") from error
        return parsed if isinstance(parsed, dict) else {}

    def validate(self, model: type[_Model], value: object, table: Sequence[str | int] = ()) -> _Model:
        """``value``, which stands in ``table``, as ``model``."""
        try:
            return model.model_validate(value)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = (*table, *first["loc"])
            message = _SAID.get(first["type"], first["msg"])
            if first["type"] == "extra_forbidden":
                message += _similar(str(where[-1]), model, len(first["loc"]))
            raise self.wrong(where, message.removeprefix("Value error, "), first["input"]) from error

    def wrong(self, where: Location, message: str, value: object = None) -> ReadError:
        """The error that ``message`` is to be said of the key at ``where``, and of ``value`` in it."""
        line = line_of(self.text, where, value)
        keys = ".".join(str(part + 1 if isinstance(part, int) else part) for part in where)
        return self._unusable(f"{self.name}, line {line}: {keys}: {message}")

    @property
    def name(self) -> str:
        """The path as it can be shown."""
        return printable(str(self.path))

    def _read(self) -> str:
        try:
            with self.path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
            if len(data) > MAX_BYTES:
                raise self._unusable(f"{self.name}: more than {MAX_BYTES:,} bytes; make it smaller")
            return data.decode("utf-8-sig")
        except OSError as error:
            raise self._unusable(f"{self.name}: {error.strerror or error}; check that it can be read") from error
        except UnicodeDecodeError as error:
            raise self._unusable(f"{self.name}: not UTF-8 (byte {error.start}); save it as UTF-8") from error

    def _unusable(self, message: str) -> ReadError:
        return ReadError(self.code, message)


def line_of(text: str, where: Location, value: object = None) -> int:
    """The line, from 1, at which the key at ``where`` is written, or the nearest around it that is; that of ``value`` in it."""
    best, line = -1, 1
    table: Location = ()
    counts: dict[Location, int] = {}
    lines = text.splitlines()
    for number, written in enumerate(lines, 1):
        header = _HEADER.match(written)
        key = None if header else _KEY.match(written)
        if header:
            table = _parts(header["name"])
            if header["open"] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
        elif not key:
            continue
        at = table if header else (*table, *_parts(key["name"])) if key else ()
        if len(at) > best and where[: len(at)] == at:
            best, line = len(at), number
    if isinstance(value, str) and value and best < len(where):
        return next((n for n in range(line, len(lines) + 1) if value in lines[n - 1]), line)
    return line


def _parts(name: str) -> Location:
    return tuple(part.strip("\"'") for part in _PART.findall(name))


def _similar(key: str, model: type[BaseModel], depth: int) -> str:
    """The key that may have been meant, of the model itself or of the entries in its lists."""
    fields = model.model_fields
    if depth > 1:
        inner = [field.annotation for field in fields.values()]
        models = [arg for one in inner for arg in getattr(one, "__args__", ()) if hasattr(arg, "model_fields")]
        fields = models[0].model_fields if models else fields
    known = [field.alias or name for name, field in fields.items()]
    hint = did_you_mean(key, known)
    return f"; {hint or 'the keys are ' + ', '.join(known)}"


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
