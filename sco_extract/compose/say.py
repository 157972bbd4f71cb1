"""From occasions and papers to sentences: which are told together, and by which template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from sco_extract.compose.occasions import Adopted, Occasion, called, is_meeting
from sco_extract.compose.papers import Paper, State
from sco_extract.compose.phrases import Phrases
from sco_extract.model.draft import Citation, Sentence


class Speaker:
    """Says things one after the other; each takes another template than the one before it."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.turn = 0

    def say(self, group: str, **slots: str) -> str:
        """The next template of ``group``, filled."""
        return self.phrases.say(group, slots, self.turn)

    # --- Meetings -------------------------------------------------------------------------------------------------------

    def meetings(self, occasions: Sequence[Occasion]) -> Iterator[Sentence]:
        """Sentences for meetings in time order: those of one body together, those of one day and place in clauses."""
        for group in together(sorted(occasions, key=self._order)):
            text = self._series(group) if group[0].key == group[-1].key and len(group) > 1 else self._one(group)
            self.turn += 1
            yield Sentence(text, _citations(group), _doubts(group))

    def _order(self, one: Occasion) -> tuple[str, bool, bool, str]:
        """By time; of one day the meetings go before forums and exhibitions, and those with an ordinal before others."""
        return one.first, not is_meeting(self.called(one), self.phrases), one.ordinal is None, one.name

    def _one(self, group: Sequence[Occasion]) -> str:
        first, others = group[0], group[1:]
        lead = self._lead(first) if self.turn % 2 == 0 or first.role != "chair" else ""
        tail = "" if lead or first.role != "chair" else self.say("host_chair", host=first.host or "")
        joint = bool(others) and _is_plain(first) and not first.role
        if others and not joint:
            ranged = any("/" in date for date in first.dates)
            names = self._list([self.called(one) for one in others])
            tail += self.say("same_place_days" if ranged else "same_place", names=names, held=self._held(others[-1]))
        tail += self._theme(first) + self._adopted(first)
        slots = {
            "date": self.phrases.dates(first.dates), "way": self.way(first),
            "name": self._list([self.called(one) for one in group]) if joint else self.called(first),
            "held": self._held_by(group) if joint else self._held(first),
            "tail": tail, "lead": lead,
        }  # fmt: skip
        return self.say("meeting_lead" if lead else "meeting", **slots)

    def _series(self, group: Sequence[Occasion]) -> str:
        """Sittings of one body: those of one manner that follow each other share their verb."""
        legs: list[str] = []
        year = ""
        held = self._held(group[0])
        for _, members in groupby(group, lambda one: (one.mode, one.place is None, len(one.dates) == 1)):
            sittings = list(members)
            if len(sittings) > 1 and sittings[0].place:
                dates = self._list([self.phrases.dates(one.dates, year if n == 0 else one.dates[0][:4])
                                    for n, one in enumerate(sittings)])  # fmt: skip
                kind = "leg_places_hybrid" if sittings[0].mode == "hybrid" else "leg_places"
                legs.append(
                    self.say(kind, date=dates, place=self._list([one.place or "" for one in sittings]), held=held)
                )
            else:
                dates = self.phrases.dates([date for one in sittings for date in one.dates], year)
                legs.append(self.say("leg", date=dates, way=self.way(sittings[0]), held=held))
            year = sittings[-1].dates[-1][:4]
        hosts = {(one.host, one.role) for one in group}
        tail = self.say("host_chair", host=group[0].host or "") if hosts == {(group[0].host, "chair")} else ""
        return self.say("series", name=self.called(group[0]), legs="，".join(legs), tail=tail)

    def called(self, one: Occasion) -> str:
        """The name of what was held."""
        return called(one, self.phrases)

    def _lead(self, one: Occasion) -> str:
        if not one.host or not one.role:
            return ""
        return self.say(f"lead_{one.role}", host=one.host)

    def way(self, one: Occasion) -> str:
        """在北京, 以视频方式; nothing where the name says it already."""
        if one.mode == "hybrid":
            return self.say("way_hybrid_place", place=one.place) if one.place else self.say("way_hybrid")
        if one.mode == "video":
            return "" if any(word in one.name for word in self.phrases.words("online")) else self.say("way_video")
        return self.say("way_place", place=one.place) if one.place else ""

    def _held(self, one: Occasion) -> str:
        return self.say("held_meeting" if is_meeting(self.called(one), self.phrases) else "held_event")

    def _held_by(self, group: Sequence[Occasion]) -> str:
        """One verb for all."""
        verbs = {is_meeting(self.called(one), self.phrases) for one in group}
        return self._held(group[0]) if len(verbs) == 1 else self.say("held_joint")

    def _theme(self, one: Occasion) -> str:
        return self.say("theme", theme=one.theme) if one.theme else ""

    def _adopted(self, one: Occasion) -> str:
        if not one.adopted:
            return ""
        clauses = [
            self._titles(verb, list(papers))
            for verb, papers in groupby(_by_verb(one.adopted), lambda paper: paper.verb)
        ]
        group = "adopted" if is_meeting(self.called(one), self.phrases) else "adopted_event"
        return self.say(group, papers="，".join(clauses))

    def _titles(self, verb: str, papers: Sequence[Adopted]) -> str:
        titles = [paper.title for paper in papers]
        if len(papers) == 1 and papers[0].draft:
            return self.say("paper_draft", verb=verb, titles=titles[0])
        size = ("one", "two")[len(titles) - 1] if len(titles) < 3 else "many"
        return self.say(f"paper_{size}", verb=verb, titles=self._list(titles), count=str(len(titles)))

    def absent(self, occasions: Sequence[Occasion]) -> Iterator[Sentence]:
        """Sentences for meetings that were not held, the first with the frame of the period."""
        for number, one in enumerate(occasions):
            group = "not_held" if number == 0 else "not_held_more"
            if one.dates:
                text = self.say(
                    "not_held_date", date=self.phrases.dates(one.dates), name=self.called(one), way=self.way(one)
                )
            else:
                text = self.say(group, name=self.called(one))
            yield Sentence(text, one.citations, one.doubts)

    def planned(self, occasions: Sequence[Occasion]) -> Iterator[Sentence]:
        """Sentences for meetings to come."""
        for one in sorted(occasions, key=lambda one: (one.first, one.name)):
            slots = {
                "name": self.called(one),
                "way": self.way(one),
                "held": self._held(one),
                "date": self.phrases.dates(one.dates),
            }
            yield Sentence(self.say("planned" if one.dates else "planned_undated", **slots), one.citations, one.doubts)
            self.turn += 1

    # --- Documents ------------------------------------------------------------------------------------------------------

    def papers(self, papers: Sequence[Paper]) -> Iterator[Sentence]:
        """Sentences for documents: those with a day first, one a day and place, then the others by what was done."""
        ordered = sorted(papers, key=lambda one: (_day(one) or "9999", _RANK[one.state], one.verb, one.place or ""))
        for _, members in groupby(
            ordered, lambda one: (_day(one), one.state, one.verb, one.place if _day(one) else None)
        ):
            group = list(members)
            text = self._papers(group)
            if text:
                self.turn += 1
                yield Sentence(text, _citations(group), _doubts(group))

    def _papers(self, group: Sequence[Paper]) -> str:
        one = group[0]
        titles = self.titles([paper.title for paper in group])
        passive = "_signed" if one.verb in self.phrases.words("verbs_plain") else ""
        of = self.say("of") if len(group) > 1 else ""
        if one.state == "decision" and (body := one.body) and all(paper.title.startswith(body) for paper in group):
            slots = {
                "body": body,
                "rest": self._list([paper.title[len(body) :] for paper in group]),
                "date": self.phrases.dates((one.date or "",)),
            }
            return self.say("papers_decision_of", **slots)
        if one.state == "decision":
            return self.say("papers_decision", titles=titles, date=self.phrases.dates((one.date or "",)))
        if one.state == "dated":
            return self.say("papers_of_day", titles=titles, date=self.phrases.dates((one.date or "",)))
        if one.state in ("drafting", "extended", "implementing"):
            return self.say(f"papers_{one.state}", titles=titles, of=of)
        if one.state == "agreed" and one.draft:
            return self.say("papers_agreed_draft", titles=titles, verb=one.verb, of=of)
        if one.state == "mentioned":
            return ""
        way = self.say("way_place", place=one.place) if one.place else ""
        dated = "papers_dated" if one.date else "papers_undated"
        slots = {
            "date": self.phrases.dates((one.date,)) if one.date else "",
            "titles": titles,
            "verb": one.verb,
            "way": way,
        }
        return self.say(dated + passive, **slots)

    def titles(self, titles: Sequence[str]) -> str:
        """Titles in a row with their count: 《…》和《…》两份文件."""
        if len(titles) == 1:
            return titles[0]
        group = "titles_two" if len(titles) == 2 else "titles_many"
        return self.say(group, titles=self._list(titles), count=str(len(titles)))

    def _list(self, names: Sequence[str]) -> str:
        """甲、乙和丙; titles in marks need no mark between them: 《甲》《乙》."""
        if all(name.startswith("《") for name in names) and len(names) > 2:
            return "".join(names)
        joint = self.say("and")
        inner = any(joint in name for name in names[:-1]) and not all(name.startswith("《") for name in names)
        last = self.say("and_also") if inner or (joint in names[-1] and not names[-1].startswith("《")) else joint
        return "、".join(names[:-1]) + last + names[-1] if len(names) > 1 else names[0]


_RANK: dict[State, int] = {
    "implementing": 0, "adopted": 1, "approved": 2, "signed": 3, "agreed": 4, "decision": 5, "dated": 6,
    "extended": 7, "drafting": 8, "mentioned": 9,
}  # fmt: skip


def _day(one: Paper) -> str | None:
    """The day by which a document is told: what goes on has none."""
    return None if one.state in ("implementing", "drafting", "extended") else one.date


def together(occasions: Sequence[Occasion]) -> list[list[Occasion]]:
    """Occasions as they share a sentence: plain sittings of one body, else plain ones after another of that day and place."""
    groups: list[list[Occasion]] = []
    series: dict[str, list[Occasion]] = {}
    for one in occasions:
        if _is_plain(one) and one.ordinal is None and one.key in series:
            series[one.key].append(one)
            continue
        last = groups[-1] if groups and (len(groups[-1]) == 1 or groups[-1][0].key != groups[-1][1].key) else []
        if last and _is_plain(one) and one.place and not one.role and _day_and_place(last[0]) == _day_and_place(one):
            series.pop(last[0].key, None)
            last.append(one)
            continue
        groups.append([one])
        if _is_plain(one) and one.ordinal is None:
            series[one.key] = groups[-1]
    return groups


def _is_plain(one: Occasion) -> bool:
    return not one.adopted and not one.theme


def _day_and_place(one: Occasion) -> tuple[tuple[str, ...], str | None, str | None]:
    return one.dates, one.place, one.mode


def _by_verb(papers: Sequence[Adopted]) -> list[Adopted]:
    """Papers of one verb together, in the order in which the verbs come."""
    verbs = list(dict.fromkeys(paper.verb for paper in papers))
    return sorted(papers, key=lambda paper: verbs.index(paper.verb))


def _citations(group: Iterable[Occasion | Paper]) -> tuple[Citation, ...]:
    return merge(citation for one in group for citation in one.citations)


def merge(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Each passage once; one that lies within another of the same paragraph is left out."""
    found = list(dict.fromkeys(citations))
    return tuple(
        one for one in found
        if not any(other != one and (other.source, other.paragraph) == (one.source, one.paragraph) and one.quote in other.quote
                   for other in found)
    )  # fmt: skip


def _doubts(group: Iterable[Occasion | Paper]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(doubt for one in group for doubt in one.doubts))
