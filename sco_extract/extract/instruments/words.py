"""The vocabulary of instruments as compiled patterns, built once per lexicon."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sco_extract.extract.alternatives import alternatives
from sco_extract.lexicon.load import Lexicon
from sco_extract.model.mentions import InstrumentAction

HAN = r"一-鿿"

_ACTIONS: tuple[tuple[str, InstrumentAction], ...] = (
    ("instrument_implementing", "implementing"),
    ("instrument_extending", "extended"),
    ("instrument_drafting", "drafting"),
    ("instrument_agreeing", "agreed"),
    ("instrument_signing", "signed"),
    ("instrument_approving", "approved"),
    ("instrument_adopting", "adopted"),
)


@dataclass(frozen=True, slots=True)
class Words:
    """Patterns over the lexicon's words; see the group of the same name in ``words_instruments.toml`` for examples."""

    actions: Mapping[str, InstrumentAction]  # verb → action
    verb: re.Pattern[str]
    governor: re.Pattern[str]
    collective: re.Pattern[str]
    kind: re.Pattern[str]
    not_kind: re.Pattern[str]
    firm_kind: re.Pattern[str]
    corner_kind: re.Pattern[str]
    corner_false: re.Pattern[str]
    clause: re.Pattern[str]
    pronoun: re.Pattern[str]
    soft_kind: re.Pattern[str]
    shortened: re.Pattern[str]
    tail: re.Pattern[str]
    draft_word: re.Pattern[str]
    titled: re.Pattern[str]
    done: re.Pattern[str]
    speech: re.Pattern[str]
    recovered: re.Pattern[str]
    apposition_before: re.Pattern[str]
    apposition_after: re.Pattern[str]
    works: re.Pattern[str]
    spoken: re.Pattern[str]
    speech_before: re.Pattern[str]
    speech_after: re.Pattern[str]
    amended: re.Pattern[str]
    talks: re.Pattern[str]
    anaphor: re.Pattern[str]
    not_periodical: re.Pattern[str]
    derived: re.Pattern[str]
    draft_after: re.Pattern[str]
    passive: re.Pattern[str]
    passive_at: re.Pattern[str]
    date_clause: re.Pattern[str]
    dated_after: re.Pattern[str]
    later: re.Pattern[str]
    means: re.Pattern[str]
    prospect: re.Pattern[str]
    saying: re.Pattern[str]
    date_lead: re.Pattern[str]
    date_tail: re.Pattern[str]
    in_force: re.Pattern[str]
    in_force_of: re.Pattern[str]
    signed_then: re.Pattern[str]
    held: re.Pattern[str]
    held_of: re.Pattern[str]
    at_meeting: re.Pattern[str]
    outcome: re.Pattern[str]
    body_filler: re.Pattern[str]
    body_lead: re.Pattern[str]
    mode: re.Pattern[str]
    alias: re.Pattern[str]
    table_title: re.Pattern[str]
    table_date: re.Pattern[str]
    table_place: re.Pattern[str]
    completing: re.Pattern[str]
    periodical: re.Pattern[str]
    periodical_after: re.Pattern[str]
    citation: re.Pattern[str]
    adopting_body: re.Pattern[str]
    deciding_body: re.Pattern[str]
    boundary: re.Pattern[str]
    decision: re.Pattern[str]
    dated_decision: re.Pattern[str]


@cache
def words_of(lexicon: Lexicon) -> Words:
    """The patterns of ``lexicon``; ``LexiconError`` where a group is missing."""
    actions = {word: action for group, action in _ACTIONS for word in lexicon.words(group)}
    part = {name: _alt(lexicon, f"instrument_{name}") for name in _GROUPS}
    part["verb"] = alternatives(actions)
    part["kind"] = alternatives(kind.name for kind in lexicon.kind)
    part["past"] = alternatives(word for word in lexicon.words(*_PAST_GROUPS))
    part["brief"] = _alt(lexicon, "instrument_alias_lead")
    part["press"] = _alt(lexicon, "periodical_endings")
    part["press_false"] = _alt(lexicon, "periodical_false")
    part["press_after"] = _alt(lexicon, "periodical_context")
    part["cited"] = _alt(lexicon, "citation_marks")
    part["dateline"] = _alt(lexicon, "source_dateline_nouns")
    part["citation_lead"] = _alt(lexicon, "citation_lead")
    part["boundary_characters"] = _BOUNDARY
    part["boundary_countries"] = alternatives(name for name in lexicon.countries if name[0] in _BOUNDARY)
    part["means"] = _alt(lexicon, "means_verbs")
    compiled = {name: re.compile(_fill(source, part), re.VERBOSE) for name, source in _PATTERNS.items()}
    return Words(actions=actions, **compiled)


_GROUPS = (
    "adopting", "adopting_bodies", "apposition_noun", "approving", "at_meeting", "body_filler", "body_lead",
    "boundary", "collective", "date_lead", "date_tail", "deciding_bodies", "decisions", "derived_lead",
    "derived_noun", "draft_tail", "held", "implementing", "in_force", "joined_names", "kind_false", "mode", "outcome",
    "prospect", "saying", "title_lead", "verb_adverbs", "works",
    "about", "among", "any", "both", "circumstance", "clause", "clause_false", "dated_decisions", "dated_marks",
    "draft_lead", "later_lead", "passive_end", "passive_got", "passive_how", "passive_marks", "pronouns", "sitting", "such_as",
    "table_dates", "table_places", "table_titles", "completing",
    "amending", "anaphors", "corner_kinds", "corner_false", "soft_kinds",
    "modifier_lead", "speeches", "amended", "dated_kinds", "done_marks", "draft_words", "speech_lead", "spoken", "talks", "titled",
)  # fmt: skip
_PAST_GROUPS = ("instrument_adopting", "instrument_approving", "instrument_signing", "instrument_extending")

_BOUNDARY = "以的由和与及据对"  # 以色列 begins with one of them

# «name» stands for the words of a group; white space is free (re.VERBOSE).
_PATTERNS = {
    "verb": r"«verb»",
    # 关于｜制定、商谈和进一步落实｜了｜新的  directly before the mark
    "governor": r"""
        (?P<about>«about»)? (?P<adverb>(?:«verb_adverbs»){0,3})
        (?P<chain>(?:«verb»)(?:(?:[、和与及并]|以及|并且)(?:«verb_adverbs»){0,3}(?:«verb»)){0,4})
        好?(?P<mark>[了过的]?)
        (?:«title_lead»|[的，,：:]|(?:«modifier_lead»)[一-鿿、]{1,24}的|[一-鿿]{0,16}(?:«kind»)(?:——|—)){0,4} \s? \Z""",
    # 批准了｜四份文件：   签署｜多项合作文件，包括
    "collective": r"""
        (?P<chain>«verb»)(?P<mark>[了过]?)
        [^。；;！？，,：:《》\n]{0,12}(?:«collective») [，,：:]? \s?
        (?:«among»)?(?:«such_as»)? [：:]? \s? \Z""",
    "kind": r"(?:«kind»)\Z",
    # what may stand behind the head noun: （草案）, （2021—2025年）, a closing quote
    "tail": r"""
        (?: [（(][^（）()]{0,40}[）)] | «draft_words» | [”\"’」』〉》]
          | [（(]?\d{4}\s?(?:[—–\-~至]\s?\d{4})?\s?年?版?[）)]? | [\s：]
          | [ⅠⅡⅢⅣⅤ]|(?<![A-Za-z])[IVX]{1,3} | \d\.\d版? | 第[一二三四五六\d]版 )\Z""",
    "draft_word": r"(?:«draft_words»)",
    "titled": r"(?:«titled»)\Z",
    "done": r"(?:«done_marks»)\Z",
    "speech": r"(?:[：:]|«speech_lead»)\Z",
    "firm_kind": r"(?:«dated_kinds»)\Z",
    # 「巴黎｜協定」   「君子協定」 is none
    "corner_kind": r"(?:«corner_kinds»)\Z",
    "corner_false": r"(?:«corner_false»)\Z",
    # 各方｜应｜遵守宣言: words of a sentence, not of a title
    "clause": r"(?!(?:«clause_false»))(?:«clause»)",
    "pronoun": r"(?:«pronouns»)",
    "soft_kind": r"(?:«soft_kinds»)",
    # （以下简称｜「公约」
    "shortened": r"(?:«brief»)(?:为)?[：:]?\Z",
    # 联合方｜法, 战略互｜信
    "not_kind": r"(?:«kind_false»)\Z",
    # 《｜上合组织宪章｜的原则 … without closing mark
    "recovered": rf"[{HAN}0-9“”—\-]{{2,60}}?(?:«kind»)(?=[的、，,。；;（(和与及]|\Z)",
    # 活动｜计划｜——    题为 … is not an apposition
    "apposition_before": r"(?P<kind>«kind»)\s?(?:——|—|--)\s?\Z",
    "apposition_after": r"(?:的)?(?P<kind>«apposition_noun»)(?![一-鿿]{0,6}(?:«derived_noun»))",
    "works": r"(?P<kind>«works»)\Z",
    # 落实行动计划   2021—2025年落实措施计划   的实施路线图
    "derived": r"""
        (?P<of>的)? (?:至?\d{4}(?:[—–\-~至]\d{4})?年?(?:[前度])?)?
        (?: (?P<lead>(?:«derived_lead»){0,5}) (?P<noun>«derived_noun»)
          | (?![及和与以或并])[一-鿿]{1,6}?(?P<amending>«amending») )""",
    "draft_after": r"的?(?:«draft_lead»)?(?:«draft_tail»)|等(?:[一-鿿]{0,10})?(?:«draft_words»)",
    # 获得通过   已签署   正式批准
    "passive": r"""
        (?:«passive_marks»){0,3} (?:«passive_got»)? (?:«passive_how»){0,2}
        (?P<verb>«past»)(?=[，,。；;！、）)\n]|\Z|(?:«passive_end»))""",
    # 已于｜吉隆坡签署
    "passive_at": r"(?:«passive_marks»){0,3}[在于]",
    # between a date and a title whose clause goes on behind it: ，在各国领导人见证下，   but not 10月28日电
    "date_clause": r"(?!\s?(?:«dateline»))[，,]?(?:[^，,]{1,30}(?:«circumstance»)[，,])?[^，,、：:]{0,16}(?<!的)\Z",
    # （已）于 DATE（在 PLACE）（由 …）签署
    "dated_after": r"(?P<lead>[，,]?(?P<both>«both»)?(?:«dated_marks»){0,2}(?:由[^，,。；;《》]{1,24})?[于在]?)\Z",
    # 该文件｜于…批准
    "later": r"(?:«later_lead»)[项份]?(?P<noun>«any»|«kind»)",
    "means": r"(?:«means»)",
    "prospect": r"(?:«prospect»)",
    "saying": r"(?:«saying»)",
    "date_lead": r"(?:«date_lead»)\Z",
    "date_tail": r"(?:«date_tail»)",
    "in_force": r"[^，,；;、）)]{0,8}(?:«in_force»)",
    # 2014年7月15日｜签订、｜2015年7月3日｜生效的｜《X》
    "in_force_of": r"[一-鿿]{0,4}(?:«in_force»)的",
    "signed_then": r"(?:[在于][一-鿿]{2,12})?[一-鿿]{0,2}?(?P<verb>«past»)[、，,]?并?于?",
    "held": r"(?:«held»)",
    "held_of": r"(?:«held»)的",
    # 元首理事会（2024年7月4日，阿斯塔纳）｜框架内，
    "at_meeting": r"(?:«sitting»)?(?:«at_meeting»)[，,]?",
    "outcome": r"的(?:«outcome»)",
    "body_filler": r"(?:«body_filler»)+\Z",
    "body_lead": r"[）)][上中下内里]?|(?:«body_lead»)|(?:«held»)",
    "mode": r"(?:«mode»)",
    "alias": r"(?:«brief»)(?:为)?[：:]?(?P<name>“[^”\n]{1,30}”|「[^」\n]{1,30}」|\"[^\"\n]{1,30}\"|《[^》\n]{1,30}》|[一-鿿]{2,12})",
    # 题为《X》｜的主旨演讲
    "spoken": r"(?:的)?(?:[一-鿿]{0,4}?)(?P<kind>«spoken»)",
    # 发表｜署名文章｜《X》
    "speech_before": r"(?P<kind>«speeches»)[：:]?\Z",
    "speech_after": r"(?:的)?[一-鿿]{0,4}?(?P<kind>«speeches»)",
    # （2002年6月7日签署，2018年6月10日｜修订）
    "amended": r"[^，,；;、）)]{0,8}(?:«amended»)",
    "talks": r"[一-鿿]{0,8}?(?:«talks»)",
    "anaphor": r"(?:«anaphors»)",
    "not_periodical": r"(?:«press_false»)\Z",
    # the header of a table's column
    "table_title": r"(?:«table_titles»)",
    "table_date": r"(?:«table_dates»)",
    "table_place": r"(?:«table_places»)",
    "completing": r"(?:«completing»)",
    "periodical": r"(?:«press»|报)\Z",
    "periodical_after": r"\s?(?:«press_after»)(?![告道])|[\s,，]{0,3}(?:\d{4}\s?年)?\s?第\s?\d+\s?[期卷]",
    # 》，<https://…    》，载《…》    》，北京：…出版社
    "citation": r"""
        [\s,，.。:：\[(（<]{0,6}(?:https?://|www\.)
        | [\s,，]{0,3}(?:«citation_lead»|见)?\s?《[^《》\n]{1,24}》[\s,，]{0,3}(?:\d{4}\s?年)?\s?第\s?\d+\s?[期卷]
        | [\s,，]{0,3}(?:«citation_lead»)\s?《
        | [\s,，][^《》\n。；;]{0,40}(?:«cited»|第\s?\d+\s?[期卷])""",
    "adopting_body": r"(?:«adopting_bodies»)\Z",
    "deciding_body": r"(?:«deciding_bodies»)\Z",
    # 落实｜安理会第2231号决议; names with 和 or 与 in them are read whole
    "boundary": r"""
        (?P<name>«joined_names»)
        | (?:«implementing»|«approving»|«adopting»|«boundary»|(?!(?:«boundary_countries»))[«boundary_characters»])(?!«deciding_bodies»)""",
    # 第10号决议   第2231（2015）号决议   第76/1号决议
    "decision": r"""
        第\s?(?P<number>\d{1,5}(?:/\d{1,4}|[（(](?:\d{4}|[A-Z]{1,6})[）)])?|[一二三四五六七八九十百]{1,5})
        (?:号?[、和及与，,]第?\s?(?:\d{1,5}(?:/\d{1,4}|[（(](?:\d{4}|[A-Z]{1,6})[）)])?)){0,8}号
        (?P<kind>«decisions»)""",
    # 元首理事会｜决议｜（2019年6月14日，比什凯克）
    "dated_decision": r"(?:«deciding_bodies»)(?P<kind>«dated_decisions»)(?=[（(]\d{4}年)",
}


def _alt(lexicon: Lexicon, *groups: str) -> str:
    return alternatives(lexicon.words(*groups))


def _fill(source: str, part: Mapping[str, str]) -> str:
    """The pattern with every «name» replaced by its alternation, in which spaces are escaped as ``re.VERBOSE`` needs."""
    return re.sub(r"«(\w+)»", lambda match: part[match[1]], source)
