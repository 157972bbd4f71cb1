"""Cases as data: reading ``tests/cases/*.toml``, the marks in their texts, and the variants every case must survive."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from functools import cache
from pathlib import Path

from opencc import OpenCC

FOLDER = Path(__file__).parent / "cases"
TYPES = ("dates", "documents", "meetings", "participants", "actions", "figures")
OPEN, CLOSE = "⟦", "⟧"

Value = str | int | bool | list["Value"] | dict[str, "Value"]


@dataclass(frozen=True)
class Case:
    """One entry of a case file; ``spans`` are the marked ranges of ``text``, which holds no marks any more."""

    label: str
    origin: str
    text: str
    expect: list[dict[str, Value]]
    type: str = ""
    file: str = ""
    rule: str = ""
    date: str = ""
    status: str = ""
    comment: str = ""
    variants: bool = True
    variant: str = ""
    spans: tuple[tuple[int, int], ...] = field(default=())

    @property
    def id(self) -> str:
        """How pytest names the case."""
        return "-".join(filter(None, (self.file, self.label, self.variant)))


KEYS = {f.name for f in fields(Case)} - {"type", "file", "variant", "spans"}


@cache
def load_cases() -> tuple[Case, ...]:
    """All cases of all files; ``ValueError`` names the file and the entry that breaks the format."""
    return tuple(
        case
        for path in sorted(FOLDER.glob("*.toml"))
        if not path.name.startswith("validate_")
        for case in _load_file(path)
    )


def _load_file(path: Path) -> Iterator[Case]:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    if set(raw) - {"type", "case"} or raw.get("type") not in TYPES:
        raise ValueError(f"{path.name}: expected type (one of {', '.join(TYPES)}) and [[case]] entries only")
    for number, entry in enumerate(raw.get("case", []), 1):
        yield _case(entry, raw["type"], f"{path.name}, case {number} ({entry.get('label', 'no label')})", path.stem)


def _case(entry: dict, type_: str, where: str, file: str) -> Case:
    unknown = set(entry) - KEYS
    missing = {"label", "origin", "text", "expect"} - set(entry)
    if unknown or missing:
        raise ValueError(f"{where}: unknown keys {sorted(unknown)}, missing keys {sorted(missing)}")
    if entry.get("status", "fails") != "fails":
        raise ValueError(f"{where}: status can only be 'fails'")
    if (entry.get("status") or entry.get("variants") is False) and not entry.get("comment"):
        raise ValueError(f"{where}: status and variants = false need a comment that says why")
    text, spans = strip_marks(entry["text"])
    if spans and len(spans) != len(entry["expect"]):
        raise ValueError(f"{where}: {len(spans)} marked spans but {len(entry['expect'])} expected records")
    return replace(Case(**entry), type=type_, file=file, text=text, spans=spans)


def strip_marks(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text without ``⟦⟧`` and the ranges they enclosed, in order of their start."""
    plain: list[str] = []
    opened: list[int] = []
    spans: list[tuple[int, int]] = []
    for character in marked:
        if character == OPEN:
            opened.append(len(plain))
        elif character == CLOSE:
            if not opened:
                raise ValueError(f"{CLOSE} without {OPEN}: {marked!r}")
            spans.append((opened.pop(), len(plain)))
        else:
            plain.append(character)
    if opened:
        raise ValueError(f"{OPEN} without {CLOSE}: {marked!r}")
    return "".join(plain), tuple(sorted(spans, key=lambda span: (span[0], -span[1])))


# Between a digit and a Chinese character, as text layers of PDF files have it: 2024 年 7 月 4 日.
_DIGIT_EDGE = re.compile(r"(?<=[0-9])(?=[一-鿿])|(?<=[一-鿿])(?=[0-9])")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def variants_of(case: Case) -> Iterator[Case]:
    """The case as other writers would have typed it: the same values, at shifted spans."""
    if not case.variants or case.status:
        return
    yield from _spaced(case)
    yield from _traditional(case)
    if (wide := case.text.translate(_FULL_WIDTH)) != case.text:
        yield replace(case, variant="full-width digits", text=wide)
    if "\n" in case.text and "\r" not in case.text:
        yield _insert(case, "CRLF", "\r", [m.start() for m in re.finditer("\n", case.text)])


def _spaced(case: Case) -> Iterator[Case]:
    edges = [m.start() for m in _DIGIT_EDGE.finditer(case.text)]
    if edges:
        yield _insert(case, "spaces around digits", " ", edges)


def _traditional(case: Case) -> Iterator[Case]:
    to_traditional, to_simplified = _converters()
    if to_simplified(case.text) != case.text:
        return  # the case is in traditional script already
    text = to_traditional(case.text)
    if text == case.text:
        return
    if len(text) != len(case.text):
        raise ValueError(f"{case.id}: conversion changed the length")
    expect = [_convert(row, lambda value: to_simplified(to_traditional(value))) for row in case.expect]
    yield replace(case, variant="traditional script", text=text, expect=expect)


def _convert(value: Value, function: Callable[[str], str]) -> Value:
    if isinstance(value, str):
        return function(value)
    if isinstance(value, list):
        return [_convert(item, function) for item in value]
    if isinstance(value, dict):
        return {key: _convert(item, function) for key, item in value.items()}
    return value


@cache
def _converters() -> tuple[Callable[[str], str], Callable[[str], str]]:
    return OpenCC("s2t").convert, OpenCC("t2s").convert


def _insert(case: Case, variant: str, new: str, at: list[int]) -> Case:
    """The case with ``new`` before every position of ``at``; what is inserted at the edge of a span stays outside."""

    def moved(position: int, *, end: bool) -> int:
        return position + len(new) * sum(place < position or (place == position and not end) for place in at)

    pieces = [case.text[start:stop] for start, stop in zip([0, *at], [*at, len(case.text)], strict=True)]
    spans = tuple((moved(start, end=False), moved(stop, end=True)) for start, stop in case.spans)
    return replace(case, variant=variant, text=new.join(pieces), spans=spans)
