"""Names of bodies in one document: variants of one name, within it and against the lexicon."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from sco_extract.check.reading import enclosed, word_pattern
from sco_extract.check.rule import Passage
from sco_extract.check.sheet import Fault, Sheet, SheetCheck
from sco_extract.lexicon.load import Lexicon, alternation

# The topic of a body's name: no longer than the longest of the lexicon (标准、技术法规和合格评定程序), no shorter than two.
LONGEST_TOPIC, SHORTEST_TOPIC = 16, 2
_EDGE = re.compile(r"[^\w（）()]|[0-9]")
_FILLER = re.compile("[和与]")  # 创业和创新, 创业创新
_AND = "和与及"  # before the topic of another body: 成果和传统医学工作组的启动
_QUOTES = ("“", "「", '"')


@dataclass(frozen=True, slots=True)
class Named:
    """A body's name in the text: ``key`` is what all its forms share, ``form`` what may differ."""

    start: int
    end: int
    key: str
    form: str
    text: str
    organisation: str  # '' where the text does not say whose it is


@dataclass(frozen=True, slots=True)
class _Words:
    head: str
    group: re.Pattern[str]
    ranks: re.Pattern[str]
    standing: str  # a rank that goes with any other
    heads: re.Pattern[str]
    consortia: re.Pattern[str]
    edges: tuple[str, ...]
    swapped: dict[str, str]
    organisations: dict[str, str]
    owner: re.Pattern[str]
    topics: tuple[str, ...]  # of the lexicon's working groups, the longest first


@cache
def _words(lexicon: Lexicon) -> _Words:
    ranks = alternation(lexicon.words("proof_ranks"))
    branches, heads = alternation(lexicon.words("proof_branches")), alternation(lexicon.words("proof_heads"))
    sittings = alternation(lexicon.words("proof_sittings"))
    head = lexicon.words("proof_groups")[0]
    group = re.compile(rf"(?P<form>(?:{ranks})*){head}")
    swapped = lexicon.words("proof_swapped")
    organisations = {name: one.id for one in lexicon.organisation for name in (one.name, *one.aliases)}
    return _Words(
        head=head,
        group=group,
        ranks=re.compile(ranks),
        standing=lexicon.words("proof_ranks")[-1],
        heads=re.compile(rf"(?P<branch>{branches})(?P<form>{heads})(?:{sittings})"),
        consortia=word_pattern(lexicon, "proof_consortia"),
        edges=tuple(sorted({*lexicon.words("proof_topic_edges"), *organisations}, key=len, reverse=True)),
        swapped=dict.fromkeys(swapped, swapped[0]),
        organisations=organisations,
        owner=re.compile(rf"(?P<name>{alternation(organisations)})(?:{alternation(lexicon.words('link_members'))})?\Z"),
        topics=_topics(lexicon, group),
    )


def _topics(lexicon: Lexicon, group: re.Pattern[str]) -> tuple[str, ...]:
    """What the working groups of the lexicon are about."""
    found = set[str]()
    lead = re.compile(
        rf"(?:{alternation(name for one in lexicon.organisation for name in (one.name, *one.aliases))})"
        rf"(?:{alternation(lexicon.words('link_members'))})?(?:{alternation(lexicon.words('proof_ranks'))})?"
    )
    for body in lexicon.body:
        match = group.search(body.name)
        begin = lead.match(body.name)
        if match and begin and match.start() - begin.end() >= SHORTEST_TOPIC:
            found.add(body.name[begin.end() : match.start()])
    return tuple(sorted(found, key=lambda topic: (-len(topic), topic)))


def name_variants(sheet: Sheet) -> Iterator[Fault]:
    """One body has several names in a document, or another one than in the lexicon.

    What differs decides: the same branch with another word of rank (专门, 特别, 专家工作组), another word for who meets (负责人,
    领导人会议), 银行间联合体 for 银行联合体, 创新创业 for 创业创新 are one body; another topic is another body. Within a document
    the form that it uses most stands, then the first.

    Good: 海关合作专门工作组 throughout. Bad: 海关合作专门工作组 … 海关合作工作组.

    Limitation: two bodies may differ in rank alone (高官 and 专家 do); names in titles and quotations, and the terms of the profile, are
    left as they are.
    """
    text = sheet.document.text.text
    yield from _other_words(sheet, text)
    names = _named(text, sheet.lexicon)
    groups: dict[str, list[Named]] = defaultdict(list)
    for one in names:
        if one.text not in sheet.profile.terms:
            groups[one.key].append(one)
    for members in groups.values():
        if len({one.form for one in members}) > 1:
            yield from _within(sheet, members)
        else:
            yield from _against_lexicon(sheet, members)


def _other_words(sheet: Sheet, text: str) -> Iterator[Fault]:
    """区域反恐怖机构 beside 地区反恐怖机构: names that the lexicon lists as wrong, where the right one stands in the text, too."""
    for pair in sheet.lexicon.words("proof_body_words"):
        wrong, _, right = pair.partition("=")
        if wrong not in text or right not in text:
            continue
        model = text.find(right)
        others = (Passage(sheet.record.source.id, sheet.read_span(model, model + len(right))),)
        for match in re.finditer(wrong, text):
            if not enclosed(text, match.start()) and match.group() not in sheet.profile.terms:
                named = Named(match.start(), match.end(), right, wrong, wrong, "")
                yield _fault(sheet, named, right, "@beside", others)


def _within(sheet: Sheet, members: Sequence[Named]) -> Iterator[Fault]:
    """Forms of a name other than the best: that of the lexicon, else the one used most, else the first."""
    official = _official(sheet.lexicon).get((members[0].organisation or _own(sheet), members[0].key))
    counts = Counter(one.form for one in members)
    best = official[1] if official and official[1] in counts else counts.most_common(1)[0][0]
    model = next(one for one in members if one.form == best)
    for one in members:
        if one.form != best:
            others = (Passage(sheet.record.source.id, sheet.read_span(model.start, model.end)),)
            yield _fault(sheet, one, model.text, "@beside", others)


def _against_lexicon(sheet: Sheet, members: Sequence[Named]) -> Iterator[Fault]:
    known, own = _official(sheet.lexicon), _own(sheet)
    for one in members:
        official = known.get((one.organisation or own, one.key))
        if official and one.form and official[1] and official[1] != one.form:
            yield _fault(sheet, one, official[0], "@lexicon_form", ())


def _fault(sheet: Sheet, one: Named, there: str, what: str, others: tuple[Passage, ...]) -> Fault:
    span = sheet.read_span(one.start, one.end)
    fix = there if span.quote == one.text else None
    return Fault(span, {"here": one.text, "there": there, "what": what}, others, fix)


def _own(sheet: Sheet) -> str:
    """The organisation that the title of the document names; '' where it names none."""
    title = sheet.record.source.title or ""
    organisations = sheet.lexicon.organisation
    return next(
        (one.id for one in organisations if one.name in title or any(name in title for name in one.aliases)), ""
    )


def _named(text: str, lexicon: Lexicon) -> list[Named]:
    """Names of bodies in ``text`` that may have variants, outside titles and quotations."""
    words, found = _words(lexicon), list[Named]()
    if words.head in text:
        found += [named for match in words.group.finditer(text) if (named := _group(text, match, words))]
    for match in words.heads.finditer(text):
        topic, owner = _topic(text, match.start(), words)
        if len(topic) >= SHORTEST_TOPIC:
            start = match.start() - len(topic)
            key = f"{topic}{match['branch']}|heads"
            found.append(Named(start, match.end(), key, match["form"], text[start : match.end()], owner))
    for match in words.consortia.finditer(text):
        if text[match.start() - 1 : match.start()] not in _QUOTES:  # （以下简称“银联体”）
            owner = _owner(text, match.start(), words)
            found.append(Named(match.start(), match.end(), "consortium", match[0], match[0], owner))
    return [one for one in found if not enclosed(text, one.start)]


def _group(text: str, match: re.Match[str], words: _Words) -> Named | None:
    topic, owner = _topic(text, match.start(), words)
    if len(topic) < SHORTEST_TOPIC:
        return None
    start = match.start() - len(topic)
    swap = next((word for word in words.swapped if word in topic), "")
    key = topic.replace(swap, words.swapped[swap]) if swap else topic
    before = text[max(0, start - 2) : start]
    before = before if words.ranks.fullmatch(before) else ""
    ranks = sorted(words.ranks.findall(before + match["form"]))
    form = "".join(rank for rank in ranks if rank != words.standing or len(ranks) == 1) + _FILLER.sub("", swap)
    shown = start - len(before)
    return Named(shown, match.end(), f"{key}|group", form, text[shown : match.end()], owner)


def _topic(text: str, end: int, words: _Words) -> tuple[str, str]:
    """What stands before a head noun up to the organisation, a mark or another edge, and the organisation."""
    low = max(0, end - LONGEST_TOPIC)
    start = low
    for match in _EDGE.finditer(text, low, end):
        start = match.end()
    for topic in words.topics:
        at = end - len(topic)
        if text.startswith(topic, at) and text[at - 1 : at] in _AND:
            return topic, ""
    window = text[start:end]
    cut = max((at + len(edge) for edge in words.edges if (at := window.rfind(edge)) >= 0), default=0)
    return window[cut:], _owner(text, start + cut, words)


def _owner(text: str, at: int, words: _Words) -> str:
    """The id of the organisation named directly before ``at``, '' where none is."""
    window = text[max(0, at - LONGEST_TOPIC) : at]
    match = words.owner.search(window.removesuffix(words.standing))
    return words.organisations[match["name"]] if match else ""


@cache
def _official(lexicon: Lexicon) -> dict[tuple[str, str], tuple[str, str]]:
    """For organisation and key: the official name (without 上合组织成员国 and 会议) and its form."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for body in lexicon.body:
        for named in _named(body.name, lexicon):
            if named.key != "consortium" and named.organisation:
                found.setdefault((named.organisation, named.key), (named.text, named.form))
    return found


CHECKS = (SheetCheck("ORG602", "name-variants", "warning", "unsafe", name_variants),)
