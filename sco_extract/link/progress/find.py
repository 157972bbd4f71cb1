"""From an action plan and the sources of a corpus to what the sources report for each measure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sco_extract.lexicon.load import Lexicon
from sco_extract.link.progress.evidence import Judge, Judgment
from sco_extract.link.progress.index import Index
from sco_extract.link.progress.measure import Ask, Reader, own_organisations
from sco_extract.link.progress.modality import Modality, modality
from sco_extract.link.progress.names import organisations_in
from sco_extract.link.progress.passages import Passage, passages
from sco_extract.link.progress.reasons import Language, Reasons
from sco_extract.link.progress.status import first_within, is_overdue, status_of
from sco_extract.link.progress.words import Words, words_of
from sco_extract.model.records import Evidence, MeasureProgress, Pending, Progress, SourceFile, Span
from sco_extract.values.edtf import Value, parse

# What a passage that is no evidence says.
PENDING: frozenset[Modality] = frozenset(("not_done", "need", "wish", "future"))
_DEEDS = ("done", "said")
_ARTICLE = "article"
_LOOSE_KINDS = (_ARTICLE, "news", "other")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: the plan, the period and the day, and ids of its measures by where they start."""

    plan: SourceFile
    period: Value
    as_of: str
    ids: Mapping[int, str] = field(default_factory=dict)
    language: Language = "en"  # of the reasons

    @property
    def window(self) -> Value:
        """The part of the period that lies before ``as_of``, that day with it: what comes later is not known then."""
        latest = self.period.latest
        return self.period._replace(latest=min(latest, self.as_of) if latest else self.as_of)


@dataclass(frozen=True, slots=True)
class Collected:
    """All passages of a corpus with the quotations of the sources that they stand in."""

    passages: list[Passage] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    loose: set[str] = field(default_factory=set)  # sources that tell of many things: articles, news
    articles: set[str] = field(default_factory=set)
    organisations: dict[str, frozenset[str]] = field(default_factory=dict)  # by source: those that it is about
    opened: dict[str, frozenset[str]] = field(default_factory=dict)  # by source: those that its title or lead names

    def add(self, record: SourceFile, lexicon: Lexicon) -> None:
        """Take the passages of a source; its text is not kept."""
        made = passages(record, lexicon)
        title = record.source.title or ""
        words = words_of(lexicon)
        about = own_organisations([title, title, *(one.text for one in made)], words)
        self.organisations[record.source.id] = frozenset(one.partition(".")[0] for one in about)
        self.opened[record.source.id] = organisations_in("\n".join([title, *(one.text for one in made[:1])]), words)
        if record.source.kind in _LOOSE_KINDS:
            self.loose.add(record.source.id)
        if record.source.kind == _ARTICLE:
            self.articles.add(record.source.id)
        for one in made:
            self.passages.append(one)
            self.quotes.append(record.text[one.span.start : one.span.end])

    def in_period(self, period: Value) -> int:
        """How many of the passages tell of something within ``period``."""
        return sum(first_within(one.when, period) is not None for one in self.passages)


def collect(sources: Iterable[SourceFile], lexicon: Lexicon) -> Collected:
    """The passages of ``sources``, which are taken one at a time."""
    found = Collected()
    for record in sources:
        found.add(record, lexicon)
    return found


def find_progress(
    asked: Asked, found: Collected, lexicon: Lexicon, on_measure: Callable[[], None] = lambda: None
) -> Progress:
    """What the passages report for each measure, in the order of the plan; equal input gives equal output.

    ``on_measure`` is called once for each measure.
    """
    source = asked.plan.source
    return Progress(
        plan=source.id,
        title=source.title,
        approved=source.date,
        period=asked.period.edtf,
        as_of=asked.as_of,
        measures=_Linker(asked, found, lexicon, on_measure).measures(),
    )


class _Linker:
    def __init__(
        self, asked: Asked, found: Collected, lexicon: Lexicon, on_measure: Callable[[], None] = lambda: None
    ) -> None:
        self.on_measure = on_measure
        self.asked = asked
        self.found = found
        self.words = words = words_of(lexicon)
        self._foreign: dict[int, bool] = {}
        plan = asked.plan
        texts = [f"{one.measure}{'、'.join(one.executors)}" for one in plan.actions]
        self.reader = Reader(lexicon, _own([plan.source.title or "", *texts], words))
        inside = {at for at, one in enumerate(found.passages) if first_within(one.when, asked.window)}
        self.index = Index(
            [one.text for one in found.passages],
            ["\n".join((*one.headings, one.event)) for one in found.passages],
            inside,
            [one.measure for one in plan.actions],
            words,
        )
        self.tops = {one.partition(".")[0] for one in self.reader.own}
        self.reasons = Reasons(asked.language)
        self.judge = Judge(found.passages, self.index, words, self.reasons)
        self.moods = [modality(one, words) for one in found.passages]
        approved = parse(plan.source.date) if plan.source.date else None
        self.approved = approved.earliest if approved else None

    def measures(self) -> list[MeasureProgress]:
        asks: list[Ask] = []
        judged: list[dict[int, Judgment]] = []
        concerned: list[dict[int, float]] = []
        for action in self.asked.plan.actions:
            ask = self.reader.read(action)
            asks.append(ask)
            judged.append(dict(self.judged(ask)))
            concerned.append(dict(self.concerned(ask)))
            self.on_measure()
        direct = [{at: one for at, one in found.items() if one.strength == "direct"} for found in judged]
        shares = _best([{at: one.share for at, one in found.items()} for found in direct])
        literal = _best([{at: one.literal for at, one in found.items()} for found in direct])
        best = {at: (share, literal[at]) for at, share in shares.items()}
        most = _best(concerned)
        made: list[MeasureProgress] = []
        for ask, found, open_ in zip(asks, judged, concerned, strict=True):
            pending = [self.pending(at) for at, share in open_.items() if share >= self.judge.by.rival * most[at]]
            made.append(self.measure(ask, found, best, pending))
        return made

    def judged(self, ask: Ask) -> Iterator[tuple[int, Judgment]]:
        """The passages that report anything for ``ask``."""
        for number in self.candidates(ask):
            if self.moods[number] in _DEEDS:
                judgment = self.capped(ask, number, self.judge.judge(ask, number))
                if judgment.strength:
                    yield number, judgment

    def competed(self, judgment: Judgment, best: float, literal: float) -> Judgment:
        """Related where the passage is about another measure by far more, as is one of several with a body in common."""
        claimed = judgment.literal >= max(self.judge.by.rare, literal)  # no other names as much of its own
        less = judgment.share < self.judge.by.rival * best and not claimed
        if judgment.strength == "direct" and not judgment.firm and less:
            return replace(judgment, strength="related")
        return judgment

    def measure(
        self, ask: Ask, judged: Mapping[int, Judgment], best: Mapping[int, tuple[float, float]], pending: list[Pending]
    ) -> MeasureProgress:
        action = ask.action
        evidence: list[Evidence] = []
        context: list[Evidence] = []
        for number, one in judged.items():
            judgment = self.competed(one, *best.get(number, (0.0, 0.0)))
            when = self.found.passages[number].when
            within = first_within(when, self.asked.window)
            if within:
                evidence.append(self.evidence(number, judgment, within))
            elif judgment.strength == "direct" and when:
                context.append(self.evidence(number, judgment, when[0]))
        evidence.sort(key=_order)
        context.sort(key=_order)
        return MeasureProgress(
            action=self.asked.ids.get(action.span.start, f"{self.asked.plan.source.id}:{action.span.start}"),
            area=action.area,
            subarea=action.subarea,
            number=action.number,
            measure=action.measure,
            deadline=action.deadline,
            executors=action.executors,
            source=self.asked.plan.source.id,
            span=action.span,
            status=status_of(action.deadline, evidence, self.asked.as_of),
            overdue=is_overdue(action.deadline, evidence, self.asked.as_of),
            evidence=evidence,
            pending=pending,
            context=context,
        )

    def concerned(self, ask: Ask) -> Iterator[tuple[int, float]]:
        """Passages about what ``ask`` asks for that tell a need, a wish, an announcement or a failure, and how far."""
        for number in self.candidates(ask):
            if self.moods[number] not in PENDING:
                continue
            within = first_within(self.found.passages[number].when, self.asked.window)
            strict = self.is_of_article(number)
            if (self.is_told(number) or within) and (share := self.judge.concern(ask, number, strict=strict)):
                yield number, share

    def is_told(self, number: int) -> bool:
        """Is the passage of a source of the period, though what it tells of is to come?"""
        told = self.found.passages[number].told
        return told is not None and first_within((told,), self.asked.window) is not None

    def is_of_article(self, number: int) -> bool:
        """Does the passage stand in an article, which tells of many things?"""
        return self.found.passages[number].source in self.found.articles

    def candidates(self, ask: Ask) -> Sequence[int]:
        """Passages that can have anything to do with the measure: the others need not be looked at."""
        return [number for number in self.judge.candidates(ask) if not self.is_foreign(number)]

    def is_foreign(self, number: int) -> bool:
        """Does the passage tell of another organisation than those of the plan?

        One that names them does not, nor one of a source whose title or first sentence does. Another one does where its
        source is about other organisations only, or is an article or news, which tell of many things. Nothing is foreign to
        a plan that names no organisation.
        """
        if number not in self._foreign:
            passage = self.found.passages[number]
            about = self.found.organisations.get(passage.source, frozenset())
            strange = passage.source in self.found.loose or bool(about and not about & self.tops)
            strange = strange and not self.found.opened.get(passage.source, frozenset()) & self.tops
            own = organisations_in(f"{passage.text}\n{passage.event}", self.words) & self.tops
            self._foreign[number] = bool(self.tops) and strange and not own
        return self._foreign[number]

    def capped(self, ask: Ask, number: int, judgment: Judgment) -> Judgment:
        """What was only said or proposed is about the field, not the thing itself; but proposals may be what is asked for."""
        proposed = set(ask.products) & set(self.words.proposals)
        if judgment.strength and self.moods[number] == "said" and not proposed:
            return replace(judgment, strength="related")
        if judgment.strength == "direct" and self.is_of_article(number):
            return replace(judgment, literal=0.0)  # it counts nothing against other measures
        vague = judgment.literal < self.judge.by.particular
        if judgment.strength == "related" and vague and self.is_of_article(number):
            return replace(judgment, strength=None)
        return judgment

    def evidence(self, number: int, judgment: Judgment, when: Value | None) -> Evidence:
        passage = self.found.passages[number]
        return Evidence(
            source=passage.source,
            span=self.span(number),
            strength=judgment.strength or "related",
            reason=self.reasons.join(judgment.reasons),
            date=when.edtf if when else None,
            score=round(judgment.score, 3),
            before_approval=bool(when and when.latest and self.approved and when.latest < self.approved),
        )

    def pending(self, number: int) -> Pending:
        mood = self.moods[number]
        return Pending(source=self.found.passages[number].source, span=self.span(number), reason=self.reasons.say(mood))

    def span(self, number: int) -> Span:
        span = self.found.passages[number].span
        return Span(start=span.start, end=span.end, quote=self.found.quotes[number])


def _best(found: Sequence[Mapping[int, float]]) -> dict[int, float]:
    """For each passage the most that any measure has."""
    best: dict[int, float] = {}
    for shares in found:
        for number, share in shares.items():
            best[number] = max(best.get(number, 0.0), share)
    return best


def _own(texts: Sequence[str], words: Words) -> frozenset[str]:
    """The organisations that a plan is of: those it names often, else the only one that it names."""
    named = organisations_in("\n".join(texts), words)
    return own_organisations(texts, words) or (named if len(named) == 1 else frozenset())


def _order(one: Evidence) -> tuple[bool, str, str, int]:
    """Direct before related, then by date, source and place in the text."""
    first = parse(one.date) if one.date else None
    return one.strength != "direct", (first.earliest if first else None) or "9999", one.source, one.span.start
