"""What a user may have meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import PurePath


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A question with up to three of ``known`` that resemble ``name``, or nothing.

    Letter case and, where they are paths, folders do not count.
    """
    folded = {PurePath(one).name.casefold(): one for one in known}
    wanted = PurePath(name).name.casefold()
    near = [one for one in folded if wanted and one.startswith(wanted)] or get_close_matches(wanted, folded, cutoff=0.5)
    return f"did you mean {', '.join(folded[one] for one in near[:3])}?" if near else ""
