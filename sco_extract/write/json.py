"""Write records as JSON: the same records give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel

# Legal inside a JSON string, but line ends to many readers of JSON Lines (str.splitlines among them).
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def to_json(record: BaseModel) -> bytes:
    """One record as an indented JSON file, UTF-8, fields in the order of the schema."""
    return (record.model_dump_json(indent=2).translate(_LINE_ENDS) + "\n").encode("utf-8")


def to_json_lines(records: Iterable[BaseModel]) -> bytes:
    """Records one a line, in the given order."""
    return "".join(record.model_dump_json().translate(_LINE_ENDS) + "\n" for record in records).encode("utf-8")
