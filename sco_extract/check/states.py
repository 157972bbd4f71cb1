"""States in one document: their names, lists of members, who attends and who signs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ahocorasick_rs import AhoCorasick, MatchKind

from sco_extract.check.reading import Reading, enclosed, word_pattern
from sco_extract.check.rule import Passage
from sco_extract.check.sheet import Fault, Sheet, SheetCheck
from sco_extract.lexicon.load import Country, Lexicon
from sco_extract.model.records import Participant

# Two states may stand in any order for a reason (host and guest); a list of members names more.
SHORTEST_LIST = 3
SHORTEST_SHORT = 4  # where the names are the short ones of running text
# A signature block has so many lines in a row that hold a person and nothing else.
SIGNERS = 3
LONGEST_ATTENDANCE = 2000  # code points; fifty states with office and name take half of it
LONGEST_SIGNATURE = 40  # code points; office and name of a head of government take half of it
OFFICIAL = ("communique", "declaration", "agreement", "report", "action_plan")
_JOIN = re.compile(r"[、，和与及]|以及")
_SENTENCE = re.compile(r"[，。；、：！？,;:]")
_SPACE = re.compile(r"\s+")
_ORDER = "proof_order_"


@dataclass(frozen=True, slots=True)
class State:
    """A state's name in the text; ``right`` is another name where this one is wrong."""

    start: int
    end: int
    country: Country
    name: str
    right: str = ""

    @property
    def form(self) -> str:
        """``short``, ``formal``, or '' where the state has one name for both or this is neither."""
        if self.country.name == self.country.formal:
            return ""
        return "short" if self.name == self.country.name else "formal" if self.name == self.country.formal else ""


@dataclass(frozen=True, slots=True)
class _Names:
    finder: AhoCorasick
    entries: tuple[tuple[Country, str], ...]  # for each pattern: the state, and the right name for a wrong one


@cache
def _names(lexicon: Lexicon) -> _Names:
    entries: dict[str, tuple[Country, str]] = {name: (one, "") for name, one in lexicon.countries.items()}
    for pair in lexicon.words("proof_state_forms"):
        wrong, _, right = pair.partition("=")
        entries[wrong] = (lexicon.countries[right], right)
    for wrong, right in _near_misses(lexicon):
        entries.setdefault(wrong, (lexicon.countries[right], right))
    ordered = sorted(entries)
    return _Names(AhoCorasick(ordered, matchkind=MatchKind.LeftmostLongest), tuple(entries[name] for name in ordered))


LONG_NAME = 4  # characters of a state's name from which one wrong character leaves no other word


def _near_misses(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Long names of states with one character left out, doubled or mistaken for another, that are no other name."""
    confused = {group[0]: group[1:] for group in lexicon.words("proof_state_confusions")}
    like = {*lexicon.words("proof_state_like"), *lexicon.places}
    for country in lexicon.country:
        name = country.name
        if len(name) < LONG_NAME:
            continue
        wrong = {
            name[:at] + name[at + 1 :] for at in range(1, len(name)) if len(name) > LONG_NAME or name[at] == name[-1]
        }
        wrong |= {name[:at] + name[at] + name[at:] for at in range(len(name))}
        wrong |= {name[:at] + new + name[at + 1 :] for at, old in enumerate(name) for new in confused.get(old, "")}
        yield from ((one, name) for one in sorted(wrong - like))


def states(text: str, lexicon: Lexicon) -> list[State]:
    """Names of states in ``text``, in order."""
    names = _names(lexicon)
    return [
        State(start, end, names.entries[number][0], text[start:end], names.entries[number][1])
        for number, start, end in names.finder.find_matches_as_indexes(text)
    ]


def lists(text: str, found: Sequence[State]) -> Iterator[list[State]]:
    """Three or more names of states with nothing but 、 or 和 between them."""
    run: list[State] = []
    for one in found:
        if run and not _JOIN.fullmatch(text, run[-1].end, one.start):
            if len(run) >= SHORTEST_LIST:
                yield run
            run = []
        run.append(one)
    if len(run) >= SHORTEST_LIST:
        yield run


def state_names(sheet: Sheet) -> Iterator[Fault]:
    """The name of a state is wrong, or short and official names stand mixed in one list.

    In a list the form that most of its names have stands.

    Good: 吉尔吉斯共和国、塔吉克斯坦共和国; 吉尔吉斯斯坦、塔吉克斯坦. Bad: 吉尔吉斯斯坦共和国; 哈萨克斯坦共和国、中国、俄罗斯联邦.

    Limitation: names of other usages of Chinese (寮国) are no mistakes; a state with one name for both forms fits any list.
    """
    text = sheet.document.text.text
    found = states(text, sheet.lexicon)
    for one in found:
        if one.right and not _meets(text, one, sheet.lexicon):
            yield _renamed(sheet, one, one.right, "@wrong_form")
    for run in lists(text, found):
        yield from _mixed(sheet, run)
    yield from _mixed_delegations(sheet)


def _meets(text: str, one: State, lexicon: Lexicon) -> bool:
    """Whether the last character of a wrong name begins the next word: 巴基斯坦｜坦克."""
    doubled = len(one.name) > len(one.right) and one.name.startswith(one.right)
    return doubled and text.startswith(lexicon.words("proof_state_doubled"), one.end - 1)


def _mixed_delegations(sheet: Sheet) -> Iterator[Fault]:
    """Short and official names of the states in one list of persons of an official text."""
    if sheet.record.source.kind not in OFFICIAL:
        return
    reading = Reading.of(sheet.document.text)
    rows: dict[int, list[State]] = {}
    for one in sheet.record.participants:
        country, place = sheet.lexicon.countries.get(one.country or ""), reading.place(one.span)
        if country and place and one.country and reading.text.startswith(one.country, place[0]):
            start = _sentence_start(reading.text, place[0])
            state = State(place[0], place[0] + len(one.country), country, one.country)
            rows.setdefault(start, []).append(state)
    for row in rows.values():
        if len(row) >= SHORTEST_SHORT:
            yield from _mixed(sheet, row)


def _sentence_start(text: str, at: int) -> int:
    """Where the sentence of a person on a list begins; such a sentence may be very long."""
    low = max(0, at - LONGEST_ATTENDANCE)
    return max(text.rfind(mark, low, at) for mark in "。\n") + 1


def _mixed(sheet: Sheet, run: Sequence[State]) -> Iterator[Fault]:
    """Names of the form that fewer names of a list have; none where both are equally many."""
    forms = Counter(one.form for one in run if one.form)
    if len(forms) < 2 or forms["short"] == forms["formal"]:
        return
    best = forms.most_common(1)[0][0]
    what = "@short_among_long" if best == "formal" else "@long_among_short"
    for one in run:
        if one.form and one.form != best:
            yield _renamed(sheet, one, one.country.formal if best == "formal" else one.country.name, what)


def _renamed(sheet: Sheet, one: State, right: str, what: str) -> Fault:
    span = sheet.read_span(one.start, one.end)
    free = span.quote == one.name and not enclosed(sheet.document.text.text, one.start)
    same_script = sheet.record.source.script == "hans"
    values = {"here": one.name, "there": right, "what": what}
    return Fault(span, values, fix=right if free and same_script else None)


def member_order(sheet: Sheet) -> Iterator[Fault]:
    """Member states are not listed in the order of their organization, or the list lacks some that attend.

    The order is that of the profile (members), else it is known for 上海合作组织 (Russian alphabet), 东盟 (English alphabet)
    and the five of 金砖国家 (the acronym); looked at are official texts of these organizations, and in them lists of members
    and the persons that attend.

    Good: 印度共和国、伊朗伊斯兰共和国、哈萨克斯坦共和国、中华人民共和国. Bad: 中华人民共和国、哈萨克斯坦共和国、印度共和国.

    Limitation: a list may follow the time of events or begin with the host; lists of three short names are left alone.
    """
    order = _order(sheet)
    if not order:
        return
    text = sheet.document.text.text
    words = word_pattern(sheet.lexicon, "proof_host_first")
    members_are = word_pattern(sheet.lexicon, "proof_members_are")
    for run in lists(text, states(text, sheet.lexicon)):
        if enclosed(text, run[0].start):
            continue
        before = text[max(0, run[0].start - 12) : run[0].start]
        if members_are.search(before):
            yield from _incomplete(sheet, run)
        ordered = _in_order(run, order)
        around = text[max(0, run[0].start - 20) : run[-1].end + 12]
        if ordered is not None and not words.search(around):
            span = sheet.read_span(run[0].start, run[-1].end)
            yield Fault(span, {"what": "@not_in_order", "there": "、".join(ordered)}, fix=_reordered(sheet, run, order))
    yield from _attendance_order(sheet, order)


def _order(sheet: Sheet) -> dict[str, int]:
    """Place of each member in the order of the document's organization; empty where none is known."""
    source = sheet.record.source
    if sheet.profile.members:
        known = sheet.lexicon.countries
        return {known[name].name: place for place, name in enumerate(sheet.profile.members) if name in known}
    if source.kind not in OFFICIAL:
        return {}
    groups = {name.removeprefix(_ORDER): words for name, words in sheet.lexicon.groups.items() if _ORDER in name}
    text = source.title or sheet.document.text.text[:300]
    named = [one.id for one in sheet.lexicon.organisation if one.id in groups and one.name in text]
    alias = [one.id for one in sheet.lexicon.organisation if one.id in groups and any(a in text for a in one.aliases)]
    for found in (named, alias):
        if len(found) == 1:
            return {name: place for place, name in enumerate(groups[found[0]])}
    return {}


def _in_order(run: Sequence[State], order: dict[str, int]) -> list[str] | None:
    """The names of a list of members as they should stand; None where they do, or where it is no list of members."""
    if any(one.country.name not in order for one in run) or len({one.country.iso for one in run}) < len(run):
        return None
    if len(run) < SHORTEST_SHORT and any(one.form == "short" for one in run):
        return None
    ordered = sorted(run, key=lambda one: order[one.country.name])
    return None if ordered == list(run) else [one.name for one in ordered]


def _reordered(sheet: Sheet, run: Sequence[State], order: dict[str, int]) -> str:
    """The list as the source writes it, its names in order."""
    ordered = sorted(run, key=lambda one: order[one.country.name])
    pieces = [sheet.read_span(one.start, one.end).quote for one in ordered]
    joins = [sheet.read_span(one.end, two.start).quote for one, two in pairwise(run)]
    return "".join(piece + join for piece, join in zip(pieces, [*joins, ""], strict=True))


def _incomplete(sheet: Sheet, run: Sequence[State]) -> Iterator[Fault]:
    """A list of all members without some whose delegates attend as members."""
    listed = {one.country.iso for one in run}
    known = sheet.lexicon.countries
    delegates = [one.country or "" for one in sheet.record.participants if one.role == "member"]
    present = [known[name] for name in delegates if name in known]
    missing = [one.name for one in present if one.iso not in listed]
    if missing:
        span = sheet.read_span(run[0].start, run[-1].end)
        yield Fault(span, {"what": "@not_all", "there": "、".join(dict.fromkeys(missing))})


def _attendance_order(sheet: Sheet, order: dict[str, int]) -> Iterator[Fault]:
    """Persons of member states in one line, out of the order of their states."""
    rows: dict[int, list[tuple[int, Participant, str]]] = {}
    reading = Reading.of(sheet.document.text)
    for one in sheet.record.participants:
        country = sheet.lexicon.countries.get(one.country or "")
        place = reading.place(one.span)
        if one.role == "member" and country and country.name in order and place:
            line = _sentence_start(reading.text, place[0])
            rows.setdefault(line, []).append((order[country.name], one, country.name))
    for row in rows.values():
        if len(row) < SHORTEST_SHORT or len({place for place, _, _ in row}) < len(row):
            continue
        ordered = sorted(row, key=lambda one: one[0])
        if ordered != row:
            wrong = next(two for one, two in pairwise(row) if two[0] < one[0])
            names = "、".join(name for _, _, name in ordered)
            yield Fault(wrong[1].span, {"what": "@not_in_order", "there": names})


def signature_block(sheet: Sheet) -> Iterator[Fault]:
    """Who attends for the member states and who signs for them differ.

    Good: the same persons with the same offices in the first paragraph and at the end. Bad: one who attends does not sign; 总理
    above, 第一副总理 below.

    Limitation: only texts with a block of at least three lines that hold one person each behind the text.
    """
    seats = list(_seats(sheet))
    signing = {seat.iso: seat for seat in seats if seat.signs}
    if len(signing) < SIGNERS:
        return
    block = min(seat.start for seat in signing.values())
    above = [seat for seat in seats if not seat.signs and seat.end <= block]
    lines = Counter(seat.line for seat in above)
    if not lines or max(lines.values()) < SIGNERS:
        return
    attendance = max(lines, key=lambda line: (lines[line], -line))
    listed: dict[str, _Seat] = {}
    for seat in above:
        if seat.line == attendance:
            listed.setdefault(seat.iso, seat)
    first = min(signing.values(), key=lambda seat: seat.start)
    for iso, seat in listed.items():
        what = _differs(seat, signing[iso], sheet.lexicon) if iso in signing else "@not_signed"
        if what:
            yield _mismatch(sheet, seat, signing.get(iso, first), what)
    mentioned = {seat.iso for seat in above}
    for iso, seat in signing.items():
        if iso not in mentioned:
            yield _mismatch(sheet, seat, min(listed.values(), key=lambda one: one.start), "@not_attending")


@dataclass(frozen=True, slots=True)
class _Seat:
    """A person of a member state in one place of the text: ``office`` is what stands before the name, without the state."""

    start: int
    end: int
    line: int
    iso: str
    name: str
    office: str
    signs: bool


def _seats(sheet: Sheet) -> Iterator[_Seat]:
    """All mentions of persons of member states."""
    reading = Reading.of(sheet.document.text)
    text = reading.text
    for one in sheet.record.participants:
        country = sheet.lexicon.countries.get(one.country or "")
        if one.role != "member" or country is None:
            continue
        for mention in {(span.start, span.end): span for span in (one.span, *one.mentions)}.values():
            place = reading.place(mention)
            if place is None:
                continue
            line = text.rfind("\n", 0, place[0]) + 1
            stop = text.find("\n", line)
            whole = text[line : stop if stop >= 0 else len(text)]
            signs = len(whole) <= LONGEST_SIGNATURE and not _SENTENCE.search(whole)
            said = _SPACE.sub("", whole if signs else text[line : place[1]])
            before = _SENTENCE.split(said[: max(0, said.rfind(one.name))])[-1]
            yield _Seat(*place, line, country.iso, one.name, _office(before, sheet.lexicon), signs)


def _office(text: str, lexicon: Lexicon) -> str:
    """An office without the state and the words for its government before it: 总理 of 中华人民共和国国务院总理."""
    found = states(text, lexicon)
    office = text[found[-1].end :] if found else text
    return word_pattern(lexicon, "proof_government").sub("", office, count=1)


def _differs(here: _Seat, there: _Seat, lexicon: Lexicon) -> str:
    """What differs between the entry in the list and the signature; '' for nothing."""
    if not here.name.endswith(there.name) and not there.name.endswith(here.name):
        return f"@other_person:{there.name}"
    shorter, longer = sorted((here.office, there.office), key=len)
    if not shorter or (
        longer.endswith(shorter) and not longer.removesuffix(shorter).endswith(lexicon.words("proof_deputy"))
    ):
        return ""
    return f"@other_office:{there.office}"


def _mismatch(sheet: Sheet, here: _Seat, there: _Seat, what: str) -> Fault:
    other = Passage(sheet.record.source.id, sheet.read_span(there.start, there.end))
    return Fault(sheet.read_span(here.start, here.end), {"name": here.name, "what": what}, (other,))


CHECKS = (
    SheetCheck("ORG603", "state-names", "warning", "safe", state_names),
    SheetCheck("ORG604", "member-order", "warning", "unsafe", member_order),
    SheetCheck("ORG605", "signature-block", "error", "none", signature_block),
)
