"""The vocabulary of action plans, compiled once a lexicon."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from sco_extract.lexicon.load import Lexicon, alternation

Role = Literal["number", "area", "subarea", "measure", "deadline", "executor"]

_GROUPS: dict[str, tuple[Role | None, bool]] = {  # group of header words: role, strong
    "action_header_number": ("number", True),
    "action_header_area": ("area", True),
    "action_header_subarea": ("subarea", True),
    "action_header_measure": ("measure", True),
    "action_header_measure_weak": ("measure", False),
    "action_header_deadline": ("deadline", True),
    "action_header_deadline_weak": ("deadline", False),
    "action_header_executor": ("executor", True),
    "action_header_foreign": (None, False),  # columns that no plan has
    "action_header_ignored": (None, True),
}
_NOISE = re.compile(r"[\s：:*（）()、/／]|[（(][^（）()]*[）)]")
# The longest header cell of the plans read has 12 characters (责任单位和配合单位); longer cells are contents.
HEADER_LENGTH = 20


@dataclass(frozen=True, slots=True)
class ActionWords:
    """Header words by name, and the pattern of labels in running text (完成期限：, 责任单位：)."""

    headers: dict[str, tuple[Role | None, bool]]
    header: re.Pattern[str]
    label: re.Pattern[str]

    def is_header(self, text: str) -> bool:
        """Whether ``text`` is the name of a column and nothing else."""
        return _NOISE.sub("", text) in self.headers

    def role(self, text: str) -> tuple[Role | None, bool] | None:
        """What a header cell names: its role (None for other columns), and whether the word is a strong one."""
        if len(text) > HEADER_LENGTH:
            return None
        bare = _NOISE.sub("", text)
        if bare in self.headers:
            return self.headers[bare]
        words = self.header.findall(bare)
        return self.headers[max(words, key=len)] if words else None


@cache
def action_words(lexicon: Lexicon) -> ActionWords:
    """The vocabulary of ``lexicon``; ``LexiconError`` where it lacks a group."""
    headers: dict[str, tuple[Role | None, bool]] = {}
    for group, meaning in _GROUPS.items():
        headers.update(dict.fromkeys(lexicon.words(group), meaning))
    labels = lexicon.words("action_header_deadline", "action_header_executor")
    return ActionWords(
        headers,
        re.compile(alternation(headers)),
        re.compile(rf"({alternation(labels)})[*\s]{{0,4}}\Z"),
    )
