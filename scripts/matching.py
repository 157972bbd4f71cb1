"""When a record counts as the one that a row of gold asks for, and when its values count as right.

A row may hold ``alt`` (other readings that count as right, by field), ``also`` (further offsets at which a meeting is
mentioned), ``optional`` (counts neither way), ``note`` with "relative" (dates that need the document's own date: not
scored) and ``attach`` = "meeting" (a document's date and place come from a neighboring sentence and may be left out).
"""

from __future__ import annotations

from collections.abc import Callable
from difflib import SequenceMatcher

from sco_extract.link.entities import comparable

Value = str | int | bool | list["Value"] | dict[str, "Value"] | None
Row = dict[str, "Value"]
Same = Callable[[Row, Row], bool]

FIELDS = {
    "date": "dates",
    "document": "documents",
    "meeting": "meetings",
    "participant": "participants",
    "action": "actions",
}
SAME_TITLE = 0.9  # two readings of one title differ in a connector or a bracket
SAME_NAME = 0.7  # names of meetings are shortened freely; date or place must agree besides
SAME_MEASURE = 0.97  # measures are quoted whole


def similar(one: Value, other: Value) -> float:
    """0 to 1; two empty values are alike."""
    a, b = comparable(str(one or "")), comparable(str(other or ""))
    if a == b:
        return 1.0
    return SequenceMatcher(None, a, b, autojunk=False).ratio() if a and b else 0.0


def readings(row: Row, key: str) -> list[Value]:
    """The value of a row and the other values that its ``alt`` accepts."""
    alternatives = row.get("alt")
    others = alternatives.get(key) if isinstance(alternatives, dict) else None
    return [row.get(key), *(others if isinstance(others, list) else [])]


def quote_of(row: Row) -> str:
    """The words that stand at ``start``, where the row quotes them."""
    return str(row.get("text") or row.get("quote") or "") if row["type"] in ("date", "meeting") else ""


def is_scored(row: Row) -> bool:
    """Whether the row counts."""
    return not row.get("optional") and "relative" not in str(row.get("note") or "") and row.get("kind") != "引文"


def is_free(kind: str, rows: list[Row], record: Row) -> bool:
    """Whether a record lies on a row that does not count."""
    unscored = [row for row in rows if row["type"] == kind and not is_scored(row)]
    return any(_overlap(_gold_span(row), _span(record)) for row in unscored)


def describe(source: str, item: Row) -> str:
    """A line that names a row of gold or a record, with its place."""
    what = item.get("name") or item.get("title") or item.get("measure") or item.get("edtf") or ""
    return f"{source} {_gold_span(item)[0] if 'start' in item else _span(item)[0]} {what}"


def find_pairs(kind: str, gold: list[Row], records: list[Row]) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Pairs by the best weight first, then the rows and the records that are left."""
    weights = [(_WEIGHTS[kind](row, one), -i, -j) for i, row in enumerate(gold) for j, one in enumerate(records)]
    rows, found = dict(enumerate(gold)), dict(enumerate(records))
    pairs = []
    for weight, i, j in sorted(weights, reverse=True):
        if weight > 0 and -i in rows and -j in found:
            pairs.append((rows.pop(-i), found.pop(-j)))
    return pairs, list(rows.values()), list(found.values())


def _number(value: Value) -> int:
    return value if isinstance(value, int) else -1


def _span(record: Row) -> tuple[int, int]:
    span = record.get("span")
    return (_number(span["start"]), _number(span["end"])) if isinstance(span, dict) else (-1, -1)


def _gold_span(row: Row) -> tuple[int, int]:
    start = _number(row.get("start"))
    words = str(row.get("text") or row.get("quote") or row.get("title") or "")
    return start, start + max(1, len(words))


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _strings(value: Value) -> list[str]:
    return sorted(str(item) for item in value) if isinstance(value, list) else []


def _date(row: Row, record: Row) -> float:
    right = record.get("edtf") in (row.get("edtf"), row.get("alt_edtf") or row.get("edtf"))
    return float(right and _overlap(_gold_span(row), _span(record)))


def _document(row: Row, record: Row) -> float:
    at_start = any(abs(_number(start) - _span(record)[0]) <= 1 for start in readings(row, "start"))
    title = max(similar(reading, record.get("title")) for reading in readings(row, "title"))
    return title if at_start and title >= SAME_TITLE else 0.0


def _meeting(row: Row, record: Row) -> float:
    also = row.get("also")
    length = _gold_span(row)[1] - _gold_span(row)[0]
    starts = [row.get("start"), *(also if isinstance(also, list) else [])]
    mentions = record.get("mentions")
    spans = [_span(record)]
    spans += [_span({"span": one}) for one in mentions] if isinstance(mentions, list) else []
    near = any(_overlap((_number(at), _number(at) + length), span) for at in starts for span in spans)
    agrees = any(set(_strings(dates)) & set(_strings(record.get("dates"))) for dates in readings(row, "dates"))
    name = max(similar(reading, record.get("name")) for reading in readings(row, "name"))
    return name + agrees if name >= SAME_NAME and (near or agrees) else 0.0


def _participant(row: Row, record: Row) -> float:
    return float(comparable(str(row.get("name"))) == comparable(str(record.get("name"))))


def _action(row: Row, record: Row) -> float:
    same_row = row.get("number") == record.get("number") and similar(row.get("subarea"), record.get("subarea")) > 0.8
    return 1 + similar(row.get("measure"), record.get("measure")) if same_row else 0.0


def _equal(key: str) -> Same:
    return lambda row, record: any(_normal(reading) == _normal(record.get(key)) for reading in readings(row, key))


def _attached(key: str) -> Same:
    """Equal, or left out where the text only says it of the meeting that adopted the document."""
    equal = _equal(key)
    return lambda row, record: (row.get("attach") == "meeting" and not record.get(key)) or equal(row, record)


def _alike(key: str, least: float) -> Same:
    return lambda row, record: any(similar(reading, record.get(key)) >= least for reading in readings(row, key))


def _deadline(row: Row, record: Row) -> bool:
    deadline = record.get("deadline")
    given = deadline if isinstance(deadline, dict) else {}
    return (row.get("deadline_kind"), row.get("deadline_edtf")) == (given.get("kind"), given.get("edtf"))


def _normal(value: Value) -> Value:
    if isinstance(value, list):
        return [*sorted(comparable(str(item)) for item in value)]
    return comparable(value) if isinstance(value, str) else value or None


_WEIGHTS: dict[str, Callable[[Row, Row], float]] = {
    "date": _date,
    "document": _document,
    "meeting": _meeting,
    "participant": _participant,
    "action": _action,
}
ATTRIBUTES: dict[str, dict[str, Same]] = {
    "date": {},
    "document": {
        "kind": _equal("kind"),
        "date": _attached("date"),
        "place": _attached("place"),
        "draft": _equal("draft"),
    },
    "meeting": {
        **{key: _equal(key) for key in ("ordinal", "dates", "place", "mode", "status", "host")},
        "theme": _alike("theme", 0.8),
    },
    "participant": {"country": _equal("country"), "title": _alike("title", 0.8)},
    "action": {
        "area": _equal("area"),
        "measure": _alike("measure", SAME_MEASURE),
        "deadline": _deadline,
        "executors": _equal("executors"),
    },
}
