"""Document -> Document with a normalized reading text; the source stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sco_extract.model.document import Document, Line
from sco_extract.normalize.steps import STEPS, Step

__all__ = ["STEPS", "Step", "normalize"]


def normalize(document: Document, steps: Sequence[Step] = STEPS) -> Document:
    """``document`` with ``steps`` run over its reading text, in order; their ids are added to ``Document.steps``."""
    text = document.text
    for step in steps:
        text = step.run(text)
    lines: list[Line] = []
    at = 0
    for line, content in zip(document.lines, text.text.split("\n") if document.lines else (), strict=True):
        lines.append(replace(line, start=at, end=at + len(content)))
        at += len(content) + 1
    ids = (*document.steps, *(step.id for step in steps))
    return replace(document, text=text, lines=tuple(lines), steps=ids)
