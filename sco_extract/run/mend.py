"""Mend the files of a run of ``validate``: which findings, in which files, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sco_extract.check.proof import Proof
from sco_extract.check.registry import choose
from sco_extract.lexicon.load import load
from sco_extract.model.diagnostics import ReadError
from sco_extract.model.validation import ValidatedFinding
from sco_extract.run.fix import FIXES, Key, Mended, diff, mend, replace_file
from sco_extract.run.inputs import read_bytes
from sco_extract.run.validate import Options, Result, profile_of
from sco_extract.write.report import shown_path


@dataclass(frozen=True, slots=True)
class MendedFile:
    """A file that had something to mend: its path as given, and what became of it; ``error`` where it could not be read again."""

    name: str
    path: Path
    mended: Mended | None
    error: str = ""

    @property
    def diff(self) -> str:
        """What changed, as a unified diff; empty where nothing did."""
        made = self.mended
        return diff(self.name, made.before, made.after) if made and made.changed else ""

    def write(self) -> bool:
        """Put the mended file in place of the old one; whether there was something to write. ``WriteError`` as replace_file."""
        if self.mended is None or not self.mended.changed:
            return False
        replace_file(self.path, self.mended.data)
        return True


def mend_files(result: Result, options: Options, *, unsafe: bool) -> Iterator[MendedFile]:
    """Every file with a finding that can be mended, mended but not written, in the order of the run.

    Only what ``result`` shows is mended: what is suppressed, in the baseline or ignored stays. Standard input is left alone.
    """
    lexicon = load(*options.lexicon)
    settings = options.settings
    rules = choose([name.upper() for name in settings.select], [name.upper() for name in settings.ignore])
    proof = Proof(rules, options.language, profile_of(settings), linked=True)
    wanted: dict[str, list[Key]] = {}
    for finding in result.validated.validation.findings:
        if _can_be_mended(finding, unsafe=unsafe) and finding.span:
            wanted.setdefault(finding.source, [])
    for finding in result.validated.validation.findings:
        if finding.source in wanted and finding.span:
            wanted[finding.source].append((finding.rule, finding.span.start, finding.span.end))
    for file in result.validated.validation.files:
        path = result.paths.get(file.id)
        if file.id not in wanted or path is None:
            continue
        try:
            made = mend(read_bytes(path), path.name, wanted[file.id], lexicon, proof, unsafe=unsafe)
        except ReadError as error:  # changed since it was looked at
            yield MendedFile(shown_path(file), path, None, str(error))
        else:
            yield MendedFile(shown_path(file), path, made)


def _can_be_mended(finding: ValidatedFinding, *, unsafe: bool) -> bool:
    kind = FIXES.get(finding.rule, "none")
    return finding.fix is not None and (kind == "safe" or (unsafe and kind == "unsafe"))
