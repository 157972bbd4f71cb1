"""Linking: pairs of titles, meetings and people of many bodies, and what must hold of every partition."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path
from typing import Literal, TypedDict, cast

import pytest

from sco_extract.lexicon.load import load
from sco_extract.link.entities import link
from sco_extract.link.linked import Constraint, Linked
from sco_extract.model.records import Action, Instrument, Meeting, Participant, Source, SourceFile, Span

CASES = Path(__file__).parent / "cases/links"
LEXICON = load()
Kind = Literal["meetings", "documents", "participants"]
Fields = dict[str, object]


class Pair(TypedDict):
    """A case: two mentions, and whether they are one thing."""

    kind: Kind
    verdict: Literal["same", "different", "candidate"]
    one: str | Fields
    other: str | Fields
    together: bool


def pairs() -> Iterator[object]:
    for path in sorted(CASES.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for number, pair in enumerate(table["pair"], 1):
            whole = {"kind": table["kind"], "together": False, **pair}
            yield pytest.param(whole, id=f"{path.stem}:{number}:{pair['verdict']}")


def span(at: int, quote: str) -> Span:
    return Span(start=at, end=at + len(quote), quote=quote)


def document(at: int, fields: str | Fields) -> Instrument:
    given = {"title": fields} if isinstance(fields, str) else fields
    kinds = sorted((kind.name for kind in LEXICON.kind), key=len, reverse=True)
    title = str(given["title"])
    kind = next((kind for kind in kinds if title.strip("《》").endswith(kind)), None)
    base: Fields = {
        "kind": kind,
        "date": None,
        "place": None,
        "body": None,
        "draft": False,
        "action": "mentioned",
        "refers_to": None,
    }
    return Instrument.model_validate({**base, "span": span(at, title), "rule": "T", **given})


def meeting(at: int, given: Fields) -> Meeting:
    name = str(given["name"])
    body = LEXICON.bodies.get(name)
    place = LEXICON.places.get(str(given.get("place")))
    state = LEXICON.countries.get(str(given.get("place")))
    base: Fields = {
        "series": body.id if body else None, "ordinal": None, "dates": [], "place": None,
        "country": place.country if place else state.iso if state else None,
        "mode": "in_person" if given.get("place") else None, "host": None, "theme": None, "status": "held",
        "documents": [], "sector": None, "mentions": [],
    }  # fmt: skip
    return Meeting.model_validate({**base, "span": span(at, name), "rule": "T", **given})


def participant(at: int, given: Fields) -> Participant:
    base: Fields = {"title": None, "country": None, "role": "member", "mentions": []}
    return Participant.model_validate({**base, "span": span(at, str(given["name"])), "rule": "T", **given})


def file(name: str, **records: Sequence[object]) -> SourceFile:
    about = Source(
        id=name, path=f"{name}.txt", sha256="", format="txt", encoding="utf-8", encoding_confidence=1.0, script="hans",
        kind="other", title=None, date=None, place=None,
    )  # fmt: skip
    fields: dict[str, object] = {
        key: [] for key in ("dates", "documents", "meetings", "actions", "participants", "findings")
    }
    return SourceFile.model_validate({"source": about, "text": "", "blocks": [], **fields, **records})


def files_of(pair: Pair) -> list[SourceFile]:
    made: list[object] = []
    for at, fields in enumerate((pair["one"], pair["other"])):
        if pair["kind"] == "documents":
            made.append(document(100 * at, fields))
        else:
            build = meeting if pair["kind"] == "meetings" else participant
            made.append(build(100 * at, cast("Fields", fields)))
    if pair["together"]:
        return [file("one", **{pair["kind"]: made})]
    return [file("one", **{pair["kind"]: made[:1]}), file("two", **{pair["kind"]: made[1:]})]


@pytest.mark.parametrize("pair", list(pairs()))
def test_pair(pair: Pair) -> None:
    files = files_of(pair)
    given = [record for source in files for record in getattr(source, pair["kind"])]
    found = getattr(link(files, LEXICON), pair["kind"])
    clusters = [cluster for cluster in found if cluster.members[0].record in given]  # others are named inside titles
    if pair["verdict"] == "same":
        assert len(clusters) == 1
        return
    assert len(clusters) == 2, "merged"
    one, other = (cluster.entity for cluster in clusters)
    assert one.id != other.id
    if pair["verdict"] == "candidate":
        assert [candidate.id for candidate in one.candidates] == [other.id]
        assert [candidate.id for candidate in other.candidates] == [one.id]
        assert one.candidates[0].reason


def partition(linked: Linked) -> dict[str, frozenset[tuple[str, int]]]:
    """The passages of each entity, by id."""
    found = {}
    for kind in ("meetings", "documents", "participants", "actions"):
        for cluster in getattr(linked, kind):
            found[cluster.entity.id] = frozenset((one.source, one.record.span.start) for one in cluster.members)
    found.update({body.id: frozenset((one.source, one.span.start) for one in body.mentions) for body in linked.bodies})
    return found


def corpus() -> list[SourceFile]:
    """Every mention of the case files, in four sources that take turns."""
    records: dict[str, dict[str, list[object]]] = {name: {} for name in "abcd"}
    for number, parameter in enumerate(pairs()):
        pair = cast("Pair", parameter.values[0])  # type: ignore[attr-defined]
        for made in files_of(pair):
            for record in getattr(made, pair["kind"]):
                start = 1000 * number + record.span.start
                moved = record.model_copy(update={"span": span(start, record.span.quote)})
                records["abcd"[(number + len(records["a"])) % 4]].setdefault(pair["kind"], []).append(moved)
    return [file(name, **kinds) for name, kinds in records.items()]


def test_the_order_of_sources_changes_neither_entities_nor_ids() -> None:
    sources = corpus()
    expected = partition(link(sources, LEXICON))
    assert len(expected) > 150
    for order in list(permutations(sources))[1::5]:
        assert partition(link(order, LEXICON)) == expected


def test_two_runs_are_equal() -> None:
    assert link(corpus(), LEXICON) == link(corpus(), LEXICON)


def test_another_source_changes_no_ids_of_what_it_does_not_name() -> None:
    sources = corpus()
    stranger = file(
        "stranger",
        documents=[document(0, "中拉农业创新合作宣言")],
        meetings=[meeting(50, {"name": "太平洋岛国渔业论坛", "ordinal": 3, "dates": ["2019-02-03"], "place": "苏瓦"})],
        participants=[participant(90, {"name": "拉布卡", "country": "斐济", "title": "总理"})],
    )
    before = partition(link(sources, LEXICON))
    after = partition(link([stranger, *sources], LEXICON))
    assert {identity: after.get(identity) for identity in before} == before
    assert len(after) == len(before) + 3


def test_more_than_one_sitting_in_the_year_leaves_an_announcement_alone() -> None:
    name = "上合组织成员国教育专家工作组会议"
    plan = file("plan", meetings=[meeting(0, {"name": name, "dates": ["2024"], "status": "planned"})])
    report = file(
        "report",
        meetings=[
            meeting(0, {"name": name, "dates": ["2024-03-28"], "mode": "video"}),
            meeting(40, {"name": name, "dates": ["2024-04-17"], "place": "莫斯科"}),
        ],
    )
    linked = link([plan, report], LEXICON)
    assert len(linked.meetings) == 3
    assert len(linked.meetings[0].entity.candidates) == 2


def test_an_undated_mention_of_a_title_with_two_dates_stays_alone() -> None:
    title = "上合组织成员国元首理事会阿斯塔纳宣言"
    sources = [
        file("old", documents=[document(0, {"title": title, "date": "2017-06-09"})]),
        file("new", documents=[document(0, {"title": title, "date": "2024-07-04"}), document(60, {"title": title})]),
        file("loose", documents=[document(0, {"title": title})]),
    ]
    clusters = link(sources, LEXICON).documents
    assert [len(cluster.members) for cluster in clusters] == [1, 2, 1]
    assert len(clusters[2].entity.candidates) == 2


def test_a_person_decides() -> None:
    sources = [
        file("one", documents=[document(0, "东盟关于维护区域粮食安全的声明"), document(50, "东盟数字协定")]),
        file("two", documents=[document(0, "东盟关于维护区域能源安全的声明"), document(50, "东盟数字协定")]),
        file("six", documents=[document(0, "东盟数字协定")]),
    ]
    decisions = [
        Constraint("D1", "documents", ("one", 0), ("two", 0), together=True),
        Constraint("D2", "documents", ("one", 1), ("two", 1), together=False),
    ]
    clusters = link(sources, LEXICON, decisions).documents
    members = [[(one.source, one.record.span.start) for one in cluster.members] for cluster in clusters]
    assert members == [[("one", 0), ("two", 0)], [("one", 50), ("six", 0)], [("two", 50)]]
    assert [cluster.entity.decisions for cluster in clusters] == [["D1"], ["D2"], ["D2"]]
    assert all(cluster.entity.candidates == [] for cluster in clusters[:1])
    assert partition(link(sources[::-1], LEXICON, decisions[::-1])) == partition(link(sources, LEXICON, decisions))


def test_values_of_an_entity_come_from_its_records() -> None:
    name = "中国—中亚峰会"
    sources = [
        file(
            "plan",
            meetings=[
                meeting(0, {"name": name, "ordinal": 2, "dates": ["2025"], "place": "哈萨克斯坦", "status": "planned"})
            ],
        ),
        file("news", meetings=[meeting(0, {"name": name, "ordinal": 2, "dates": ["2025-06-17"], "place": "阿斯塔纳"})]),
    ]
    (cluster,) = link(sources, LEXICON).meetings
    entity = cluster.entity
    assert (entity.status, entity.dates, entity.place, entity.country) == ("held", ["2025-06-17"], "阿斯塔纳", "KZ")
    assert [one.source for one in entity.mentions] == ["plan", "news"]


@pytest.mark.parametrize("order", [1, -1])
def test_an_entity_takes_time_and_place_from_reports_that_agree(order: int) -> None:
    name = "中国—非洲经贸博览会"
    reports = [
        {"name": name, "ordinal": 3, "dates": ["2023-07"], "place": "北京"},
        {"name": name, "ordinal": 3, "dates": ["2023-08-29/2023-09-02"], "place": "长沙"},
        {"name": name, "ordinal": 3, "dates": ["2023-07"], "place": "北京"},
    ]
    sources = [file(f"s{at}", meetings=[meeting(0, one)]) for at, one in enumerate(reports)]
    (cluster,) = link(sources[::order], LEXICON).meetings
    entity = cluster.entity
    assert (entity.dates, entity.place, entity.source) == (["2023-08-29/2023-09-02"], "长沙", "s1")


def test_a_merged_video_sitting_gets_no_city_of_another_day() -> None:
    name = "中国—东盟经贸部长会议"
    sources = [
        file("a", meetings=[meeting(0, {"name": name, "dates": ["2026-06-12"], "mode": "video"})]),
        file("b", meetings=[meeting(0, {"name": name, "dates": ["2025-09-24"], "place": "吉隆坡"})]),
    ]
    together = [Constraint("D1", "meetings", ("a", 0), ("b", 0), together=True)]
    entity = link(sources, LEXICON, together).meetings[0].entity
    assert (entity.dates, entity.place, entity.country, entity.mode) == (["2026-06-12"], None, None, "video")


def test_february_is_a_month_and_joins_no_two_sittings() -> None:
    name = "上合组织成员国经贸高官会议"
    days = ["2023-02", "2023-02-08", "2023-02-21"]
    sources = [file(f"s{day}", meetings=[meeting(0, {"name": name, "dates": [day]})]) for day in days]
    clusters = link(sources, LEXICON).meetings
    assert [cluster.entity.dates for cluster in clusters] == [[day] for day in days]
    assert len(clusters[0].entity.candidates) == 2


def test_bodies_have_their_sittings_and_documents() -> None:
    name = "上合组织成员国经贸部长会议"
    title = "上合组织成员国贸易促进机构合作构想"
    action = {
        "area": None, "subarea": None, "number": 1, "measure": "定期交流信息", "deadline": None,
        "executors": ["经济智库联盟", "成员国主管部门"], "documents": [], "rule": "T", "span": span(90, "定期交流信息"),
    }  # fmt: skip
    sources = [
        file("a", meetings=[meeting(0, {"name": name, "ordinal": 22, "dates": ["2023-09-27"], "place": "比什凯克"})]),
        file(
            "b",
            meetings=[
                meeting(
                    0, {"name": name, "ordinal": 23, "dates": ["2024-09-12"], "place": "伊斯兰堡", "documents": [title]}
                )
            ],
            documents=[document(40, {"title": title, "body": name, "action": "approved"})],
            actions=[Action.model_validate(action)],
        ),
    ]
    linked = link(sources, LEXICON)
    ministers, *others = linked.bodies
    assert (ministers.name, ministers.organisation) == (name, "sco")
    assert [sitting.ordinal for sitting in ministers.sittings] == [22, 23]
    assert ministers.documents == [linked.documents[0].entity.id]
    assert [(body.name, body.variants) for body in others] == [("上合组织经济智库联盟", ["经济智库联盟"])]


def test_a_sitting_without_a_date_stands_where_its_ordinal_does() -> None:
    name = "金砖国家领导人会晤"
    said = [(13, ["2021-09-09"]), (14, []), (15, ["2023-08-23"]), (16, ["2024-10-23"]), (17, [])]
    records = [
        meeting(100 * at, {"name": name, "ordinal": ordinal, "dates": dates})
        for at, (ordinal, dates) in enumerate(said)
    ]
    (body,) = link([file("one", meetings=records[::-1])], LEXICON).bodies
    assert [sitting.ordinal for sitting in body.sittings] == [13, 14, 15, 16, 17]


def test_an_ordinal_without_a_date_lies_between_its_neighbors() -> None:
    name = "金砖国家领导人会晤"
    years = [(None, "2020-11-17"), (13, "2021-09-09"), (None, "2022-06-23"), (15, "2023-08-23"), (None, "2024-10-23")]
    dated = [
        meeting(100 * at, {"name": name, "ordinal": ordinal, "dates": [day]}) for at, (ordinal, day) in enumerate(years)
    ]
    undated = meeting(900, {"name": name, "ordinal": 14})
    found = {cluster.entity.ordinal or cluster.entity.dates[0]: cluster.entity for cluster in link(
        [file("one", meetings=dated), file("two", meetings=[undated])], LEXICON
    ).meetings}  # fmt: skip
    assert [one.id for one in found[14].candidates] == [found["2022-06-23"].id]


@pytest.mark.parametrize(
    ("executor", "bodies"),
    [
        ("上合组织成员国金融机构", 0),
        ("成员国有关科技园区和创新集群", 0),
        ("中央（国家）银行", 0),
        ("东盟各国海关", 0),
        ("哈萨克斯坦国家银行", 1),
        ("上合组织成员国总检察长会议", 1),
        ("上合组织成员国电子商务专门工作组", 1),
    ],
)
def test_all_of_a_kind_in_the_states_are_no_body(executor: str, bodies: int) -> None:
    due = {"text": "每年", "kind": "annual", "edtf": None}
    row = Action.model_validate({
        "span": span(0, "举办论坛"), "rule": "A", "area": None, "subarea": None, "number": 1, "measure": "举办论坛",
        "deadline": due, "executors": [executor], "documents": [],
    })  # fmt: skip
    assert len(link([file("one", actions=[row])], LEXICON).bodies) == bodies
