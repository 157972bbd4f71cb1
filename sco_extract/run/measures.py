"""Action plans among the validated files: what a corpus reports for their measures (PLN505, PLN506)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sco_extract.check import failure
from sco_extract.check.plans import progress_checks
from sco_extract.check.proof import Proof
from sco_extract.check.sheet import Sheet
from sco_extract.lexicon.load import Lexicon
from sco_extract.link.progress.find import Asked, collect, find_progress
from sco_extract.model.records import Finding, SourceFile
from sco_extract.values.edtf import Value


def check_measures(
    plans: Iterable[SourceFile], sources: Iterable[SourceFile], period: Value, lexicon: Lexicon, proof: Proof
) -> Iterator[Finding]:
    """Findings about the measures of ``plans``, from what ``sources`` tell of the ``period``; all with texts and blocks.

    The status is that of the day in the profile, else of the end of the period. A source is no evidence for itself.
    """
    every = list(sources)
    for plan in plans:
        identity = plan.source.id
        found = collect((one for one in every if one.source.id != identity), lexicon)
        asked = Asked(plan, period, proof.profile.as_of or period.latest or "")
        try:
            progress = find_progress(asked, found, lexicon)
            sheet = Sheet.of(plan, lexicon, proof.profile)
            for check in progress_checks(progress):
                if check.id in proof.rules:
                    yield from check.run(sheet, proof.language)
        except Exception as problem:  # a defect met in one plan must not cost the reader the others
            yield failure("PLN505", problem, identity, proof.language)
