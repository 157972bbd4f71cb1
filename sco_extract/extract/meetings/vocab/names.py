"""Words of names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sco_extract.extract.alternatives import alternatives
from sco_extract.extract.meetings.vocab.marks import BRACKET, FIRST, ORDINAL, QUOTE
from sco_extract.extract.meetings.vocab.phrases import Phrases


@dataclass(frozen=True, slots=True)
class NameWords:
    """What stands in a name or ends it."""

    boundary: re.Pattern[str]  # word that ends a name on its left
    dateline: re.Pattern[str]  # 新华社雅加达9月6日电
    behind_bracket: re.Pattern[str]  # X（date，place）上: what follows is another name
    preposition: re.Pattern[str]  # one-character word that does so where it is a word of its own
    conjunction: re.Pattern[str]
    connectors: re.Pattern[str]  # 、, 和, 以及 and spaces in front of a name; no part of 和平, 与会
    list_end: tuple[str, ...]
    definition: re.Pattern[str]
    counted: re.Pattern[str]  # 4次, 两场: a count, no ordinal
    prefix: re.Pattern[str]  # words to strip from the left of a name
    next_sitting: re.Pattern[str]
    previous_sitting: re.Pattern[str]
    treaty_parties: re.Pattern[str]
    themed: re.Pattern[str]  # a name that is told by its theme: 以X为主题的Y
    theme_before: re.Pattern[str]
    body_noun: re.Pattern[str]
    behind_subject: re.Pattern[str]  # what may follow the body that sits: 于, 在, a verb


def name_words(phrases: Phrases) -> NameWords:
    """The patterns made of ``phrases``; ``LexiconError`` where a group is missing."""
    return NameWords(
        boundary=re.compile(phrases.any("name_boundary")),
        dateline=re.compile(rf"{phrases.any('news_agency')}[^，。；\n]{{0,24}}?(?:日[电讯]|讯){BRACKET}*"),
        behind_bracket=re.compile(rf"{BRACKET}[上后前时]"),
        preposition=re.compile(phrases.any("preposition")),
        conjunction=re.compile(rf"(?!{phrases.any('no_connector')}){phrases.any('conjunction')}"),
        connectors=re.compile(rf"(?:(?!{phrases.any('no_connector')})[，、 　和及与以并])*+"),
        list_end=phrases.words("list_end"),
        definition=re.compile(rf"[（(][^（）()\n]{{0,12}}?{phrases.any('definition')}"),
        counted=re.compile(rf"[0-9一二两三四五六七八九十多余几数]+{phrases.any('counted_thing')}"),
        prefix=re.compile(rf"(?:{alternatives(phrases.words('name_prefix'))})|[自从](?=[第首上])"),
        next_sitting=re.compile(phrases.any("next_sitting")),
        previous_sitting=re.compile(phrases.any("previous_sitting")),
        treaty_parties=re.compile(rf"{BRACKET}*(?:{ORDINAL}|{FIRST})?{phrases.any('treaty_parties')}"),
        # 以“…”为主题的, 主题为“…”的, 主题是…
        themed=re.compile(rf"以(?P<a>.+?)为{phrases.theme}的(?P<b>.+)$|{phrases.theme}[为是：:](?P<c>.+)的(?P<d>.+?)$"),
        theme_before=re.compile(rf"以?(?P<a>{QUOTE}+)为{phrases.theme}的?|{phrases.theme}[为是：:]?(?P<b>{QUOTE}+)的?"),
        body_noun=re.compile(phrases.any("body_noun")),
        behind_subject=re.compile(
            rf"[于在以，的自{BRACKET}]|其|已|将|也|还|{phrases.any('resume', 'manner')}"
            rf"|{phrases.any('jointly')}?{phrases.hold}"
        ),
    )
