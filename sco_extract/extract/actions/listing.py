"""Rule A002: measures in running text or lists, each followed by labeled deadline and executors."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sco_extract.extract.actions.header import is_heading
from sco_extract.extract.actions.numbering import Headings, read_label, read_number
from sco_extract.extract.actions.parts import Parts
from sco_extract.extract.actions.words import Role
from sco_extract.model.document import Line
from sco_extract.model.mentions import ActionMention, Deadline

_COLON = re.compile("[：:]")
_LABEL_WIDTH = 14  # the longest label word (预计完成时间 and marks around it)
_LEAD = re.compile(r"[\s*•·\-]+")
_TAIL = "*（([【；;，,、 \u3000\t"
_VALUE_END = re.compile(r"[\s；;，,。*]+$")
_BRACKETS = {"）": "（", ")": "(", "】": "【", "]": "["}
# One labeled item may be a form or a tender; two with both labels are a plan.
_MIN_ITEMS = 2


@dataclass(frozen=True, slots=True)
class _Label:
    """A label word before a colon: where it starts, where its value starts."""

    role: Role
    start: int
    value: int


@dataclass(slots=True)
class _Item:
    """A measure and the labels after it; ``line`` is the line of the measure."""

    line: int
    start: int
    end: int
    values: list[tuple[Role, int, int]] = field(default_factory=list)

    def has(self, role: Role) -> bool:
        return any(one == role for one, _, _ in self.values)


def find_in_lists(parts: Parts) -> tuple[ActionMention, ...]:
    """Measures of a plan that is written as text.

    A measure is the text before a label of deadline (完成期限：, 期限：) or executors (责任单位：, 执行机构：), on the
    same line, often in brackets, or the line above it. The document must hold at least two measures with both labels;
    headings above give area and sub-area. Example: 1. 举办中小企业论坛。（期限：2026年前；责任单位：经贸主管部门）

    Limitation: of a measure of several paragraphs only the last one is taken.
    """
    lines = parts.unit.document.lines
    items = _items(parts, lines)
    if sum(1 for item in items if item.has("deadline") and item.has("executor")) < _MIN_ITEMS:
        return ()
    return tuple(_with_headings(parts, lines, items))


def _labels(parts: Parts) -> Iterator[_Label]:
    text = parts.unit.text
    for colon in _COLON.finditer(text):
        low = max(0, colon.start() - _LABEL_WIDTH)
        match = parts.words.label.search(text[low : colon.start()])
        role = parts.words.headers[match[1]][0] if match else None
        if match and role:
            yield _Label(role, low + match.start(), colon.end())


def _items(parts: Parts, lines: Sequence[Line]) -> list[_Item]:
    starts = [line.start for line in lines]
    by_line: dict[int, list[_Label]] = {}
    for label in _labels(parts):
        number = bisect_right(starts, label.start) - 1
        if lines[number].cell is None and label.start < lines[number].end:
            by_line.setdefault(number, []).append(label)
    items: list[_Item] = []
    last_line = -1
    for number, labels in by_line.items():
        line = lines[number]
        item = _measure_before(parts, line, number, labels[0].start)
        if item is None and items and last_line == number - 1:
            item = items.pop()
        elif item is None and number and number - 1 not in by_line and lines[number - 1].cell is None:
            above = lines[number - 1]
            item = _Item(number - 1, above.start, above.end)
        last_line = number
        if item is None:
            continue
        stops = [label.start for label in labels[1:]] + [line.end]
        item.values += [(label.role, label.value, stop) for label, stop in zip(labels, stops, strict=True)]
        items.append(item)
    return items


def _measure_before(parts: Parts, line: Line, number: int, stop: int) -> _Item | None:
    """The measure that stands before the first label of its own line."""
    text = parts.unit.text[line.start : stop].rstrip(_TAIL)
    lead = _LEAD.match(text)
    begin = lead.end() if lead else 0
    return _Item(number, line.start + begin, line.start + len(text)) if len(text) - begin > 3 else None


def _with_headings(parts: Parts, lines: Sequence[Line], items: Sequence[_Item]) -> Iterator[ActionMention]:
    headings = Headings()
    levels = _single_levels(parts, lines)
    at = 0
    for item in items:
        for line in lines[at : item.line]:
            _read_heading(parts, line, headings, levels)
        at = item.line + 1
        yield _action(parts, lines[item.line], item, headings)


def _single_levels(parts: Parts, lines: Sequence[Line]) -> set[int]:
    """Levels that one heading alone has above others: the document's title, which is no area."""
    blocks = parts.unit.document.blocks
    counts = Counter(blocks[line.block].level for line in lines if blocks[line.block].kind == "heading")
    return {level for level, count in counts.items() if count == 1 and any(other > level for other in counts)}


def _read_heading(parts: Parts, line: Line, headings: Headings, titles: set[int]) -> None:
    block = parts.unit.document.blocks[line.block]
    text = parts.unit.text[line.start : line.end].strip()
    if line.cell or not text:
        return
    whole = text if read_label(text) else block.label + text
    if block.kind == "heading":
        numbered = read_label(whole)
        if numbered:
            headings.put(whole)
        elif block.level not in titles:
            headings.put(text, f"level{block.level}")
    elif is_heading(whole):
        headings.put(whole)


def _action(parts: Parts, line: Line, item: _Item, headings: Headings) -> ActionMention:
    text = parts.unit.text[item.start : item.end].strip().strip("*").strip()
    block = parts.unit.document.blocks[line.block]
    label = read_label(text)
    number = label.value if label else read_number(block.label)
    deadline: Deadline | None = None
    executors: list[str] = []
    end = item.end
    for role, start, stop in item.values:
        value_end = _value_end(parts.unit.text, start, stop)
        end = max(end, value_end)
        if role == "deadline" and deadline is None:
            deadline = parts.deadline(start, value_end)
        elif role == "executor":
            executors.extend(parts.executors(start, value_end))
    return ActionMention(
        item.start,
        end,
        "A002",
        headings.area,
        headings.subarea,
        number,
        text[label.length :].strip() if label else text,
        deadline,
        tuple(dict.fromkeys(executors)),
        parts.documents(item.start, item.end),
    )


def _value_end(text: str, start: int, stop: int) -> int:
    """Where the value of a label ends: without closing marks, without a bracket that was opened before the label."""
    value = _VALUE_END.sub("", text[start:stop])
    sentence = value.find("。")
    if sentence >= 0:
        value = value[:sentence]
    while value and value[-1] in _BRACKETS and value.count(value[-1]) > value.count(_BRACKETS[value[-1]]):
        value = _VALUE_END.sub("", value[:-1])
    return start + len(value)
