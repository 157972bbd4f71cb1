"""Group the mentions of people: one group a person, by name and country; titles may change."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from sco_extract.lexicon.load import Lexicon
from sco_extract.link.fold import comparable, fold_title
from sco_extract.link.groups import Group, Item, Key
from sco_extract.model.records import Participant

# The dots that stand between the parts of a foreign name, and the spaces that typists put there.
_DOTS = re.compile(r"[·•・‧∙⋅.\s]+")


def name_key(name: str) -> str:
    """A name without the dots between its parts: 弗拉基米尔·普京, 弗拉基米尔普京."""
    return comparable(_DOTS.sub("", name))


def last_part(name: str) -> str:
    """The surname of a name with inner dots, else the whole name."""
    return comparable(_DOTS.split(name.strip("·• "))[-1])


def state_of(country: str | None, lexicon: Lexicon) -> str:
    """ISO code of a state under any of its names, else the id of an organisation, else the name; '' for none."""
    if not country:
        return ""
    if known := lexicon.countries.get(country):
        return known.iso
    organisations = fold_title(country, lexicon).organisations
    return " ".join(organisations) or comparable(country)


def group_people(items: Sequence[Item[Participant]], lexicon: Lexicon) -> list[Group[Participant]]:
    """The people that ``items`` name. One without a country is the only namesake in the same source, or stays alone."""
    groups: dict[Key, Group[Participant]] = {}
    stateless: list[Item[Participant]] = []
    namesakes: dict[str, set[Key]] = defaultdict(set)
    here: dict[tuple[str, str], set[Key]] = defaultdict(set)
    for item in sorted(items, key=lambda one: one.order):
        record = item.cited.record
        state = state_of(record.country, lexicon)
        if not state:
            stateless.append(item)
            continue
        key: Key = (name_key(record.name), state)
        groups.setdefault(key, Group(key, [])).items.append(item)
        namesakes[name_key(record.name)].add(key)
        here[name_key(record.name), item.cited.source].add(key)
    for item in stateless:
        name, source = name_key(item.cited.record.name), item.cited.source
        keys = here[name, source]
        key = min(keys, key=str) if len(keys) == 1 else (name, "", source)
        group = groups.setdefault(key, Group(key, []))
        group.items.append(item)
        if key == (name, "", source) and len(group.items) == 1:
            group.near += [
                (other, "the same name; this mention has no country") for other in sorted(namesakes[name], key=str)
            ]
    return _short_names(groups)


def _short_names(groups: dict[Key, Group[Participant]]) -> list[Group[Participant]]:
    """A bare surname is the only full name of the same country and office that ends with it."""
    full: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key, group in groups.items():
        for name in {item.cited.record.name for item in group.items}:
            if last_part(name) != name_key(name):
                full[last_part(name), str(key[1])].append(key)
    gone: set[Key] = set()
    for key, group in sorted(groups.items(), key=lambda one: str(one[0])):
        fits = sorted(set(full.get((str(key[0]), str(key[1])), ())) - {key}, key=str) if key[1] else []
        offices = {item.cited.record.title for item in group.items if item.cited.record.title}
        if len(fits) == 1 and offices & {item.cited.record.title for item in groups[fits[0]].items}:
            groups[fits[0]].items += group.items
            gone.add(key)
        else:
            group.near += [(other, "a short form of this name") for other in fits]
    return [group for key, group in groups.items() if key not in gone]
