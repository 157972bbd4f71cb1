"""Suppressions: findings that people have looked at and that are to stay hidden, each with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path, PurePath

from sco_extract.check.places import Ruler
from sco_extract.check.registry import fits
from sco_extract.check.rule import Language, message
from sco_extract.link.passages import find_passage, fold
from sco_extract.model.decisions import Passage
from sco_extract.model.records import Finding, Span
from sco_extract.model.settings import Suppression, SuppressionsFile
from sco_extract.run.settings import unknown_selector
from sco_extract.run.toml_file import TomlFile, line_of

UNUSABLE = "RUN014"
STALE, EXPIRED = "SUP001", "SUP002"


@dataclass(frozen=True, slots=True)
class Suppressions:
    """The entries of a file, its text, and where it is; ``source`` is its id in findings about it."""

    entries: tuple[Suppression, ...] = ()
    text: str = ""
    folder: Path = Path()
    source: str = ""


@dataclass(slots=True)
class Tally:
    """What the suppressions did in a run: which entries hid something, and which were looked at and hid nothing."""

    used: set[int] = field(default_factory=set)
    idle: dict[int, tuple[str, str]] = field(default_factory=dict)  # entry: why, and the file
    hidden: int = 0


def load_suppressions(path: Path, source: str) -> Suppressions:
    """The suppressions in ``path``; ``ReadError`` ``RUN014`` with file, line and key for what breaks their schema."""
    file = TomlFile(path, UNUSABLE)
    entries = tuple(file.validate(SuppressionsFile, file.parse()).suppress)
    for number, entry in enumerate(entries):
        if wrong := unknown_selector([entry.rule]):
            raise file.wrong(("suppress", number, "rule"), wrong[1])
    return Suppressions(entries, file.text, path.resolve().parent, source)


def hide(
    suppressions: Suppressions,
    path: Path,
    text: str,
    findings: Sequence[Finding],
    tally: Tally,
    as_of: str | None,
) -> list[bool]:
    """Whether each of the ``findings`` in the document at ``path`` is hidden; what its entries did goes into ``tally``.

    An entry hides the findings of its rule whose passage overlaps its quotation.
    """
    hidden = [False] * len(findings)
    folded = ""
    for number, entry in enumerate(suppressions.entries):
        if _expired(entry, as_of) or not _is_of(entry, path, suppressions.folder):
            continue
        folded = folded or fold(text)
        places = find_passage(
            folded, Passage(source=entry.file, quote=entry.quote, before=entry.before, after=entry.after)
        )
        if entry.nth is not None:
            places = places[entry.nth - 1 : entry.nth]
        hits = [
            index
            for index, one in enumerate(findings)
            if one.span
            and fits(entry.rule.upper(), one.rule) >= 0
            and any(one.span.start < place.end and place.start < one.span.end for place in places)
        ]
        for index in hits:
            hidden[index] = True
        if hits:
            tally.used.add(number)
        else:
            tally.idle.setdefault(number, ("sup_silent" if places else "sup_gone", path.name))
    tally.hidden += sum(hidden)
    return hidden


def stale(
    suppressions: Suppressions, tally: Tally, rules: Iterable[str], language: Language, as_of: str | None
) -> list[Finding]:
    """Findings about entries that hide nothing or have expired; only rules among ``rules`` were run and can be judged."""
    rules = frozenset(rules)
    found = []
    for number, entry in enumerate(suppressions.entries):
        values: Mapping[str, str] = {"id": entry.rule, "until": entry.expires or "", "now": as_of or ""}
        if _expired(entry, as_of):
            found.append(_finding(suppressions, number, EXPIRED, values, language))
            continue
        what, where = tally.idle.get(number, ("", ""))
        if not _exists(entry, suppressions.folder):
            what, where = "sup_no_file", entry.file
        if what and number not in tally.used and any(fits(entry.rule.upper(), rule) >= 0 for rule in rules):
            found.append(_finding(suppressions, number, STALE, {**values, "what": f"@{what}:{where}"}, language))
    return found


def _finding(
    suppressions: Suppressions, number: int, rule: str, values: Mapping[str, str], language: Language
) -> Finding:
    text = suppressions.text
    line = line_of(text, ("suppress", number, "expires" if rule == EXPIRED else "quote"))
    start = Ruler.of_text(text).lines[line - 1]
    quote = text[start:].split("\n", 1)[0].rstrip("\r")
    span = Span(start=start, end=start + len(quote), quote=quote)
    said = message(rule, values, language=language)
    return Finding(rule=rule, severity="warning", message=said, source=suppressions.source, span=span)


def _expired(entry: Suppression, as_of: str | None) -> bool:
    return entry.expires is not None and as_of is not None and entry.expires < as_of


def _is_of(entry: Suppression, path: Path, folder: Path) -> bool:
    try:
        relative = path.resolve().relative_to(folder).as_posix()
    except (ValueError, OSError):
        return False
    return path_fits(relative, entry.file)


def path_fits(relative: str, pattern: str) -> bool:
    """Whether a path with ``/`` fits a pattern; one without ``/`` is held against the name alone. ``*`` fits ``/`` too."""
    pattern = pattern.removeprefix("./")
    return fnmatchcase(relative, pattern) or ("/" not in pattern and fnmatchcase(PurePath(relative).name, pattern))


def _exists(entry: Suppression, folder: Path) -> bool:
    return any(mark in entry.file for mark in "*?[") or (folder / entry.file).is_file()
