"""Find a quoted passage in a text that was edited elsewhere, and the record that it belongs to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from sco_extract.model.decisions import MODELS, Passage, RecordType
from sco_extract.model.records import Action, Instrument, Meeting, Participant, SourceFile
from sco_extract.model.span import Span
from sco_extract.normalize.script import simplify

AnyRecord = Meeting | Instrument | Participant | Action

# Characters without width that word processors and web pages leave in a text: soft hyphen, zero-width spaces, joiners.
_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF), " ")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-")
_QUOTES = {**dict.fromkeys(map(ord, "“”„‟「」『』＂"), '"'), **dict.fromkeys(map(ord, "‘’‚‛＇"), "'")}
_MARKS = re.compile(r"[\s\"'《》〈〉<>]+")
_SPACE = re.compile(r"\s+")


def fold(text: str) -> str:
    """``text`` of the same length without what makes no difference: script, width, the forms of dashes and quotes.

    Spaces stay, since the length must; ``find_passage`` passes over them.
    """
    simple = simplify(text)
    table: dict[int, str] = {}
    for character in set(simple):
        folded = unicodedata.normalize("NFKC", character)
        if folded != character and len(folded) == 1:
            table[ord(character)] = folded
    return simple.translate(table | _INVISIBLE | _DASHES | _QUOTES)


def loose(text: str) -> str:
    """What is compared where names are looked up: folded, without spaces, marks of titles and quotes, letter case."""
    return _MARKS.sub("", fold(text)).casefold()


def find_passage(folded: str, passage: Passage) -> tuple[Span, ...]:
    """Where the words of ``passage`` stand in a folded text, in order; ``nth`` is left to the caller."""
    before, quote, after = (_pattern(words) for words in (passage.before, passage.quote, passage.after))
    if not quote:
        return ()
    lead = rf"{before}\s*" if before else ""
    rest = rf"(?=\s*{after})" if after else ""
    return tuple(Span(*match.span(1)) for match in re.finditer(f"{lead}({quote}){rest}", folded))


def records_at(records: Sequence[AnyRecord], at: Span) -> tuple[int, ...]:
    """Indexes of the records that a passage belongs to: of those that contain it the ones with the shortest span.

    Where none contains it, those inside it: the extents of records may change from version to version.
    """
    around: list[tuple[int, int]] = []
    inside: list[tuple[int, int]] = []
    for index, record in enumerate(records):
        for start, end in _ranges(record):
            if start <= at.start and at.end <= end:
                around.append((end - start, index))
            elif at.start <= start and end <= at.end:
                inside.append((start - end, index))
    return _first(around) or _first(inside)


def records_of(source: SourceFile, type_: RecordType) -> Sequence[AnyRecord]:
    """The records of ``source`` of one type."""
    lists: dict[RecordType, Sequence[AnyRecord]] = {
        "meetings": source.meetings,
        "documents": source.documents,
        "participants": source.participants,
        "actions": source.actions,
    }
    return lists[type_]


def has_values(record: AnyRecord, passage: Passage) -> bool:
    """Does the record have the values that ``passage`` names? A field that there is not has none."""
    if not passage.has:
        return True
    known = type(record).model_fields
    values = record.model_dump(mode="json", include=set(passage.has) & set(known))
    return all(name in values and values[name] == value for name, value in passage.has.items())


def unknown_fields(type_: RecordType, passage: Passage) -> list[str]:
    """Names in ``has`` that no record of this type has."""
    return sorted(set(passage.has) - set(MODELS[type_].model_fields))


def _pattern(words: str) -> str:
    return r"\s*".join(re.escape(character) for character in _SPACE.sub("", fold(words)))


def _ranges(record: AnyRecord) -> Iterable[tuple[int, int]]:
    yield record.span.start, record.span.end
    if isinstance(record, Meeting | Participant):
        for mention in record.mentions:
            yield mention.start, mention.end


def _first(found: list[tuple[int, int]]) -> tuple[int, ...]:
    """The indexes that share the smallest number."""
    best = min(found, default=(0, 0))[0]
    return tuple(sorted({index for size, index in found if size == best}))
