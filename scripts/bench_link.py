"""Measure how linking and checking grow: N synthetic sources of about 15 records each in memory.

    python scripts/bench_link.py [--crowded] [N ...]

Prints for each N the seconds of processor time of both, seconds per n log n of linking and of checking against the first N,
entities, findings, and the peak memory of a process of its own.
With --crowded all sources tell of the same few events and documents, so that entities have thousands of mentions.
The sources are made up from numbers: no text, a few words in turn, the same in every run.
"""

from __future__ import annotations

import argparse
import math
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta

from sco_extract.check import check_corpus
from sco_extract.lexicon.load import Lexicon, load
from sco_extract.link.entities import link
from sco_extract.model.records import Action, Figure, Instrument, Meeting, Participant, Source, SourceFile, Span

SIZES = (1_000, 3_000, 10_000)
CROWDED = 12  # times 7: so many different things in a crowded corpus
FIRST_DAY = date(2001, 1, 1)
# Of each source: 15 records, as many as a page of a communiqué has, and two figures.
MEETINGS, DOCUMENTS, PEOPLE, ACTIONS, FIGURES = 5, 6, 2, 2, 2


def sources(count: int, lexicon: Lexicon, things: int) -> Iterator[SourceFile]:
    """``count`` sources that tell of ``things`` times 7 things; every third is told by the next source, too."""
    for place in range(count):
        name = f"s{place:06d}"
        number = place % things
        yield SourceFile(
            source=Source(
                id=name, path=name, sha256="", format="txt", encoding="utf-8", encoding_confidence=1.0, script="hans",
                kind="report", title=None, date=None, place=None,
            ),
            text="",
            blocks=[],
            dates=[],
            documents=[_document(number, slot, lexicon) for slot in range(DOCUMENTS)],
            meetings=[_meeting(number, slot, lexicon) for slot in range(MEETINGS)],
            actions=[_action(number, slot) for slot in range(ACTIONS)],
            participants=[_person(number, slot, lexicon) for slot in range(PEOPLE)],
            figures=[_figure(number, slot, lexicon) for slot in range(FIGURES)],
            findings=[],
        )  # fmt: skip


def _thing(number: int, slot: int) -> int:
    """Number of the thing that a slot of a source tells of: one in three is that of the source before."""
    return (number - (1 if (number + slot) % 3 == 0 else 0)) * 7 + slot


def _span(slot: int, quote: str) -> Span:
    return Span(start=100 * slot, end=100 * slot + len(quote), quote=quote)


def _document(number: int, slot: int, lexicon: Lexicon) -> Instrument:
    thing = _thing(number, slot)
    organisation = lexicon.organisation[thing % len(lexicon.organisation)].name
    topic = "".join(lexicon.sector[(thing >> shift) % len(lexicon.sector)].words[0] for shift in (0, 4, 8))
    place = lexicon.place[thing % len(lexicon.place)].name
    kind = ("合作规划", "声明", "协定", "行动计划")[thing % 4]
    member = "成员国" if number % 2 else ""
    title = f"{organisation}{member}{2000 + thing % 30}—{2005 + thing % 30}年{place}{topic}领域{kind}"
    return Instrument(
        span=_span(slot, title), rule="I", title=title, kind=kind, date=str(_day(thing)) if number % 2 else None, place=None,
        body=None, draft=False, action="adopted" if number % 2 else "mentioned", refers_to=None,
    )  # fmt: skip


def _day(thing: int) -> date:
    return FIRST_DAY + timedelta(days=thing % 9000)


def _meeting(number: int, slot: int, lexicon: Lexicon) -> Meeting:
    thing = _thing(number, slot)
    place = lexicon.place[thing % len(lexicon.place)]
    body = lexicon.body[thing % len(lexicon.body)] if slot % 2 else None
    name = body.name if body else f"{place.name}{lexicon.sector[thing % len(lexicon.sector)].words[0]}论坛"
    return Meeting(
        span=_span(20 + slot, name), rule="M", name=name, series=body.id if body else None,
        ordinal=thing % 40 + 1 if body and slot == 1 else None, dates=[str(_day(thing))], place=place.name, country=place.country,
        mode="in_person", host=None, theme=None, status="held", documents=[], sector=None, mentions=[],
    )  # fmt: skip


def _person(number: int, slot: int, lexicon: Lexicon) -> Participant:
    thing = _thing(number, slot) % 5000
    country = lexicon.country[thing % len(lexicon.country)]
    name = chr(0x4E00 + thing % 97) + chr(0x5000 + thing % 89) + chr(0x6000 + thing % 83)
    return Participant(
        span=_span(40 + slot, name), rule="P", name=name, title="部长", country=country.name, role="member", mentions=[]
    )


def _action(number: int, slot: int) -> Action:
    measure = f"第{number}项措施之{slot}"
    return Action(
        span=_span(60 + slot, measure), rule="A", area=None, subarea=None, number=slot, measure=measure, deadline=None,
        executors=["秘书处"], documents=[],
    )  # fmt: skip


def _figure(number: int, slot: int, lexicon: Lexicon) -> Figure:
    thing = _thing(number, slot)
    subject = f"{lexicon.country[thing % len(lexicon.country)].name}与{lexicon.place[thing % len(lexicon.place)].name}"
    return Figure(
        span=_span(80 + slot, subject), rule="F", subject=subject, quantity="贸易额", measure="amount",
        edtf=str(2000 + thing % 25), basis="period", value=1e8 * (thing % 900 + number % 2), step=1e8, unit="美元",
        bound="exact", forecast=False,
    )  # fmt: skip


def measure(count: int, things: int) -> None:
    """Link and check ``count`` sources and print seconds, entities, findings and peak memory (MiB, this process, sources included)."""
    lexicon = load()
    link(sources(10, lexicon, 10), lexicon)
    made = list(sources(count, lexicon, things))
    begin = time.process_time()
    linked = link(made, lexicon)
    seconds = time.process_time() - begin
    begin = time.process_time()
    findings = check_corpus(linked, lexicon)
    checking = time.process_time() - begin
    entities = sum(map(len, (linked.meetings, linked.documents, linked.participants, linked.actions, linked.bodies)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count} {seconds:.2f} {checking:.2f} {entities} {len(findings)} {peak:.0f}")


def main() -> None:
    """Measure each size in a process of its own, since memory once used is not given back."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--crowded", action="store_true", help="the same few things in all sources")
    options = parser.parse_args()
    if options.one:
        measure(options.sizes[0], CROWDED if options.crowded else options.sizes[0])
        return
    print("sources  linking  per n log n  checking  per n log n  entities  findings  peak MiB")
    first: tuple[float, ...] = ()
    for count in options.sizes:
        command = [sys.executable, __file__, "--one", str(count), *(["--crowded"] if options.crowded else [])]
        result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
        _, linking, checking, entities, findings, peak = result.stdout.split()
        costs = tuple(float(seconds) / (count * math.log(count)) for seconds in (linking, checking))
        first = first or costs
        ratios = [cost / max(unit, 1e-9) for cost, unit in zip(costs, first, strict=True)]
        print(
            f"{count:7d}  {float(linking):7.2f}  {ratios[0]:11.2f}  {float(checking):8.2f}  {ratios[1]:11.2f}"
            f"  {entities:>8}  {findings:>8}  {peak:>8}"
        )


if __name__ == "__main__":
    main()
