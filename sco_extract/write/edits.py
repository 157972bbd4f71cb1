"""Corrections of a text: what is replaced by what, and why one was not made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sco_extract.model.records import Finding


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace ``[start, end)`` of a source's text (code points) by ``text``, for the sake of ``finding``."""

    start: int
    end: int
    text: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Refusal:
    """A finding whose fix was not made; ``reason`` is the word of the catalogue that says why, ``@fix_…``."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class Applied:
    """The bytes of a file after the ``done`` edits."""

    data: bytes
    done: tuple[Edit, ...] = ()
    refused: tuple[Refusal, ...] = ()


def trimmed(edit: Edit, source: str) -> Edit:
    """The edit without what stays as it is at its beginning and end; ``2024 年`` for ``2024年`` removes a space."""
    old, new = source[edit.start : edit.end], edit.text
    least = min(len(old), len(new))
    head = next((at for at in range(least) if old[at] != new[at]), least)
    least -= head
    tail = next((at for at in range(least) if old[-1 - at] != new[-1 - at]), least)
    return replace(edit, start=edit.start + head, end=edit.end - tail, text=new[head : len(new) - tail])


def edited(source: str, edits: Iterable[Edit]) -> str:
    """``source`` with ``edits``, which are in order and apart."""
    parts, at = [], 0
    for edit in edits:
        parts += [source[at : edit.start], edit.text]
        at = edit.end
    return "".join((*parts, source[at:]))


def refuse_all(data: bytes, edits: Sequence[Edit], reason: str) -> Applied:
    """Nothing done, for one reason."""
    return Applied(data, (), tuple(Refusal(edit.finding, reason) for edit in edits))
