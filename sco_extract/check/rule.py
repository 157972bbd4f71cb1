"""A check as people see it and as the program runs it, and how its result becomes a finding."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from inspect import cleandoc
from pathlib import Path
from typing import Literal

from sco_extract.check.view import View
from sco_extract.model.records import Finding, Related, Span
from sco_extract.model.rule import Rule

Severity = Literal["error", "warning", "info"]
Language = Literal["en", "zh"]

_FOLDER = Path(__file__).parent  # every family brings its messages*.toml


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a source."""

    source: str
    span: Span


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two sides that cannot both be right: a passage, those on the other side, and the values that the message names."""

    passage: Passage
    others: tuple[Passage, ...]
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Check:
    """A rule of the proof-reader: ``find`` goes through a corpus, and its docstring is what people read of the rule."""

    id: str
    name: str
    severity: Severity
    find: Callable[[View], Iterable[Contradiction]]

    @property
    def rule(self) -> Rule:
        """Identity and documentation."""
        return Rule(self.id, self.name, f"{cleandoc(self.find.__doc__ or '')}\n\nSeverity: {self.severity}.")

    def run(self, view: View, language: Language = "en") -> list[Finding]:
        """Findings of this check alone, with their messages in ``language``."""
        return [self._finding(found, language) for found in self.find(view)]

    def _finding(self, found: Contradiction, language: Language) -> Finding:
        other = message(self.id, found.values, part="other_", language=language)
        return Finding(
            rule=self.id,
            severity=self.severity,
            message=message(self.id, found.values, language=language),
            source=found.passage.source,
            span=found.passage.span,
            related=[Related(source=one.source, span=one.span, message=other) for one in found.others],
        )


def message(rule: str, values: Mapping[str, str], *, part: str = "", language: Language = "en") -> str:
    """The message of ``rule`` with its ``values`` put in; ``KeyError`` where the rule gives too few of them."""
    catalogue = _catalogue()
    said = {name: _say(value, language) for name, value in values.items()}
    return catalogue[rule][part + language].format_map(said)


def has_message(rule: str, language: Language) -> bool:
    """Whether the catalogue has a message of ``rule`` in ``language``."""
    return language in _catalogue().get(rule, {})


def elsewhere(here: str, there: str) -> str:
    """How a message names the source of the other side."""
    return "@same_document" if here == there else there


def _say(value: str, language: Language) -> str:
    """``@in:X`` with the words of the language; any other value, and one that only looks so (a text's own @), as it is."""
    if not value.startswith("@"):
        return value
    word, _, argument = value[1:].partition(":")
    said = _words().get(word)
    return said[language].format(argument) if said else value


@cache
def _catalogue() -> Mapping[str, Mapping[str, str]]:
    return {rule: texts for raw in map(tomllib.loads, _files()) for rule, texts in raw.items() if rule != "words"}


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return {word: texts for raw in map(tomllib.loads, _files()) for word, texts in raw.get("words", {}).items()}


@cache
def _files() -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8") for path in sorted(_FOLDER.glob("messages*.toml")))
