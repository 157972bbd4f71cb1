"""Read ``decisions.toml``: what breaks its schema is said with file, line and key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sco_extract.model.decisions import (
    Accept,
    Correct,
    Decision,
    Merge,
    Reject,
    Split,
    field_value,
    fields_of,
)
from sco_extract.run.toml_file import TomlFile
from sco_extract.values.edtf import parse

UNUSABLE = "RUN011"
_TABLE: Final = "decision"
_DATES = {"date", "dates"}
_KINDS: dict[str, type[Decision]] = {
    "correct": Correct, "merge": Merge, "split": Split, "accept": Accept, "reject": Reject,
}  # fmt: skip


def load_decisions(*paths: Path) -> tuple[Decision, ...]:
    """The decisions of all files, in order.

    Raises ``ReadError`` (``RUN011``) that names the file, the line and the key where a file cannot be read, is too large, is
    no TOML or breaks ``schemas/decisions.schema.json``, or where two decisions have one id.
    """
    found: dict[str, Decision] = {}
    for path in paths:
        file = TomlFile(path, UNUSABLE)
        for number, decision in enumerate(_decisions(file)):
            if decision.id in found:
                raise file.wrong((_TABLE, number, "id"), f"the id {decision.id} is taken; choose another")
            _check_value(file, number, decision)
            found[decision.id] = decision
    return tuple(found.values())


def _decisions(file: TomlFile) -> Iterator[Decision]:
    tables = file.parse()
    for key in tables:
        if key != _TABLE:
            raise file.wrong((key,), "not known here; decisions are [[decision]] tables")
    entries = tables.get(_TABLE, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise file.wrong((_TABLE,), "decisions are [[decision]] tables")
    for number, entry in enumerate(entries):
        do = entry.get("do")
        kind = _KINDS.get(do) if isinstance(do, str) else None
        if kind is None:
            raise file.wrong((_TABLE, number, "do"), f"write one of {', '.join(_KINDS)}")
        yield file.validate(kind, entry, (_TABLE, number))


def _check_value(file: TomlFile, number: int, decision: Decision) -> None:
    """A value that does not fit its field is a slip of the pen, to be said at once; an unknown field is a finding."""
    if not isinstance(decision, Correct) or decision.field not in fields_of(decision.type):
        return
    where = (_TABLE, number, "value")
    try:
        value = field_value(decision.type, decision.field, decision.value)
    except ValueError as error:
        raise file.wrong(where, f"{decision.field}: {error}") from error
    dates = value if isinstance(value, list) else [value]
    wrong = [one for one in dates if isinstance(one, str) and parse(one) is None] if decision.field in _DATES else []
    if wrong:
        raise file.wrong(where, f"{decision.field}: {wrong[0]!r} is no EDTF date; write 2024-07-04, 2024-07 or 2024")
