"""A composed report, before any file format: what it says, and where every sentence and row has it from.

One composition makes it (``compose``), several writers show it (Word, Markdown, HTML). Texts are simplified Chinese with Chinese
punctuation and without markup; nothing in a draft stands without a citation, but headings, labels and what says that
there is nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

AnnexKind = Literal["matrix", "calendar", "documents", "doubts", "requests", "changes"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage that a sentence rests on: source (id, title, EDTF date), paragraph (from 1, as a reader counts), quoted words.

    ``called`` says in words what a source without a title is.
    """

    source: str
    title: str
    date: str | None
    paragraph: int
    quote: str
    called: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its final mark, the passages it rests on, and what is doubtful in it (shown as comments)."""

    text: str
    citations: tuple[Citation, ...]
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that belong together; one without citations says only that there is nothing to say."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part below a section: a heading such as 会议和活动, then its paragraphs. ``heading`` may be ''."""

    heading: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report; ``key`` is the sector's id (``introduction`` for 引言), ``heading`` has no number."""

    key: str
    heading: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of an annex table; ``lines`` are its paragraphs. ``span_rows`` > 1 merges it with those below, 0: merged into the above."""

    lines: tuple[str, ...]
    citations: tuple[Citation, ...] = ()
    doubts: tuple[str, ...] = ()
    span_rows: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an annex table, with its share of the width."""

    heading: str
    share: float


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a repeated header row; ``caption`` may be ''."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """An event on the timeline: first and last day (ISO), label, its lane (a section's heading), and its row in the table (0: none)."""

    first: str
    last: str
    label: str
    lane: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture of a period; ``alt`` says in words what it shows."""

    title: str
    first: str
    last: str
    marks: tuple[Mark, ...]
    alt: str


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex: tables, and for the calendar a picture. ``empty`` is said where no table has a row."""

    kind: AnnexKind
    heading: str
    intro: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    timeline: Timeline | None = None
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The report: head, introduction, sections, annexes. ``period`` and ``made_on`` are in words (2023年11月至2024年10月)."""

    title: tuple[str, ...]  # lines, broken by meaning
    submitted_by: str
    submitted_to: str
    period: str
    status: str  # that this is a draft (征求意见稿), and the day it was made
    made_on: str
    introduction: Section
    sections: tuple[Section, ...]
    annexes: tuple[Annex, ...]
