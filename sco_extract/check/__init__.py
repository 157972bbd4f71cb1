"""What a proof-reader should look at, between the sources of a corpus; each check is a function over linked records."""

from __future__ import annotations

from sco_extract.link.linked import Linked
from sco_extract.model.records import Finding


def check_corpus(linked: Linked) -> tuple[Finding, ...]:
    """Contradictions within and between the sources of ``linked``, in the order of sources and text."""
    del linked
    return ()
