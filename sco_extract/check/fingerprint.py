"""What a finding is known by from run to run, however the text around it changes."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable

from sco_extract.model.records import Finding

LENGTH = 20  # hexadecimal digits: 80 bits, so that a million findings of one project do not meet by chance


def fingerprints(findings: Iterable[Finding], path: str) -> list[str]:
    """One fingerprint for each of the ``findings`` of one source, in their order; ``path`` is the source's, with ``/``.

    Made from the rule, the path, the quotation without white space and in one width, and, where the same rule finds the
    same words again, how often it did so before. Edits elsewhere in the file leave it as it is; a correction of the quoted
    words, a new path, or another such passage further up change it. Of a finding
    about a whole file only rule and path count: its message changes with the language.
    """
    seen: Counter[tuple[str, str]] = Counter()
    made = []
    for finding in findings:
        words = folded(finding.span.quote) if finding.span else ""
        key = (finding.rule, words)
        seen[key] += 1
        parts = (finding.rule, unicodedata.normalize("NFC", path), words, str(seen[key]))
        made.append(hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:LENGTH])
    return made


def folded(quote: str) -> str:
    """``quote`` as it is compared: compatibility forms as one (full-width digits), white space and line breaks gone.

    A finding of nothing but white space keeps it, as it has no other words.
    """
    return "".join(unicodedata.normalize("NFKC", quote).split()) or quote
