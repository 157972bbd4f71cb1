"""Mend what rules can mend: plan the corrections of a file, make them, and look again until nothing is left to mend."""

from __future__ import annotations

import difflib
import errno
import os
import re
import tempfile
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sco_extract.check.proof import Proof, proofread
from sco_extract.check.registry import BY_ID
from sco_extract.check.sheet import Fix, Sheet
from sco_extract.lexicon.load import Lexicon
from sco_extract.model.diagnostics import ReadError, WriteError
from sco_extract.model.records import BlockRecord, Finding, SourceFile
from sco_extract.normalize import normalize
from sco_extract.pipeline import extract
from sco_extract.read import read
from sco_extract.read.encoding import BOMS
from sco_extract.write.edit_docx import edit_docx
from sco_extract.write.edit_html import Lines, Located, encoded_edits, locate
from sco_extract.write.edit_text import edit_text
from sco_extract.write.edits import Applied, Edit, Refusal, edited, refuse_all, trimmed

FIXES: Mapping[str, Fix] = {entry.id: entry.fix for entry in BY_ID.values()}
# A correction may uncover another (a space between two half-width marks); no chain of more was seen in any sample.
PASSES = 3
# Edits that are tried one by one where all together do not read back as they should; more are refused.
SINGLE = 50

Key = tuple[str, int, int]  # rule, start, end

_MARKS = re.compile('[《》〈〉“”‘’「」『』]|"')
_CLOSING = {"》": "《", "〉": "〈", "”": "“", "’": "‘", "」": "「", "』": "『"}


@dataclass(frozen=True, slots=True)
class Plan:
    """Edits that are in order and apart, and the findings whose fix is not to be made now, with the reason."""

    edits: tuple[Edit, ...] = ()
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Mended:
    """A file after mending: its bytes, its text before and after, what was done and what was not."""

    data: bytes
    before: str
    after: str
    done: tuple[Finding, ...] = ()
    refused: tuple[Refusal, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether there is something to write."""
        return bool(self.done)


def plan_fixes(
    findings: Iterable[Finding], sheet: Sheet, *, unsafe: bool = False, kinds: Mapping[str, Fix] = FIXES
) -> Plan:
    """The edits that mend ``findings``: those of safe rules, with ``unsafe`` of the others too.

    A safe edit never changes what stands inside the marks of a title or a quotation. Of two edits that overlap the first
    is made, the other one in the next pass.
    """
    source = sheet.record.text
    guarded = guarded_ranges(sheet)
    skipped = sheet.record.skipped
    wanted: list[Edit] = []
    refused: list[Refusal] = []
    for finding in findings:
        span, kind = finding.span, kinds.get(finding.rule, "none")
        if finding.fix is None or span is None or kind == "none" or (kind == "unsafe" and not unsafe):
            continue
        edit = trimmed(Edit(span.start, span.end, finding.fix, finding), source)
        if edit.start == edit.end and not edit.text:
            continue
        if kind == "safe" and _meets(edit, guarded):
            refused.append(Refusal(finding, "@fix_guarded"))
        elif _loses_markup(edit, source, skipped):
            refused.append(Refusal(finding, "@fix_markup"))
        else:
            wanted.append(edit)
    return Plan(tuple(_apart(wanted)), tuple(refused))


def apply(data: bytes, record: SourceFile, edits: Sequence[Edit]) -> Applied:
    """``data`` with the ``edits`` of a plan; ``record`` is what was read of it. What cannot be done safely is refused."""
    format_ = record.source.format
    if not edits:
        return Applied(data)
    if format_ == "pdf":
        return refuse_all(data, edits, "@fix_pdf")
    if format_ in ("txt", "md"):
        return edit_text(data, record.text, record.source.encoding or "utf-8", edits)
    made = _try(data, record, edits)
    if made is not None:
        return made
    if len(edits) > SINGLE:
        return refuse_all(data, edits, "@fix_reads_back")
    sound = [edit for edit in edits if _try(data, record, [edit]) is not None]
    made = _try(data, record, sound) if sound else None
    if made is None:
        return refuse_all(data, edits, "@fix_reads_back")
    lost = [edit for edit in edits if edit not in sound]
    return Applied(made.data, made.done, (*made.refused, *refuse_all(data, lost, "@fix_reads_back").refused))


def mend(data: bytes, name: str, shown: Iterable[Key], lexicon: Lexicon, proof: Proof, *, unsafe: bool) -> Mended:
    """The file ``data`` with what can be mended of the findings ``shown`` (rule, start, end) and of what then comes to light.

    Findings that are not shown (suppressed, of a baseline, ignored) are left alone in every pass. Raises what reading raises.
    """
    rules = frozenset(rule for rule in proof.rules if FIXES.get(rule, "none") != "none")
    proof = Proof(rules, proof.language, proof.profile, linked=True)
    sheet, findings = _examine(data, name, lexicon, proof)
    before = sheet.record.text
    keys = set(shown)
    hidden = {_words(one) for one in findings if _key(one) not in keys}
    visible = [one for one in findings if _key(one) in keys]
    done: list[Finding] = []
    refused: tuple[Refusal, ...] = ()
    for _ in range(PASSES):
        plan = plan_fixes(visible, sheet, unsafe=unsafe)
        made = apply(data, sheet.record, plan.edits)
        refused = (*plan.refused, *made.refused)
        if not made.done:
            break
        data = made.data
        done += [edit.finding for edit in made.done]
        sheet, findings = _examine(data, name, lexicon, proof)
        visible = [one for one in findings if _words(one) not in hidden]
    return Mended(data, before, sheet.record.text, tuple(done), refused)


def diff(name: str, before: str, after: str) -> str:
    """What changed, as a unified diff: of the lines of a text, of the paragraphs of any other file."""
    old, new = (_lines(text) for text in (before, after))
    lines = difflib.unified_diff(old, new, f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def replace_file(path: Path, data: bytes) -> None:
    """Write ``data`` in place of the file, at once or not at all, with its permissions; ``WriteError`` where it may not be."""
    target = path.resolve()
    temporary = ""
    try:
        mode = target.stat().st_mode
        if not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
            temporary = file.name
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(mode & 0o7777)
        Path(temporary).replace(target)
    except OSError as error:
        if temporary:
            with suppress(OSError):
                Path(temporary).unlink()
        raise WriteError(f"{path}: cannot be written ({error.strerror or error}); it is as it was") from error


def guarded_ranges(sheet: Sheet) -> list[tuple[int, int]]:
    """What stands inside the marks of titles and quotations, in order and apart.

    A mark without its other one reaches to the end of its paragraph, or from its beginning.
    """
    found: list[tuple[int, int]] = []
    for line in sheet.lines:
        if line.start < line.end:
            span = sheet.written.span(line.start, line.end)
            found += _guarded(sheet.record.text, span.start, span.end)
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        elif start < end:
            apart.append((start, end))
    return apart


def _guarded(source: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    waiting: Counter[str] = Counter()
    straight: list[int] = []
    for match in _MARKS.finditer(source, start, end):
        mark = match.group()
        if mark == '"':
            straight.append(match.start())
        elif mark not in _CLOSING:
            opened.append((mark, match.end()))
            waiting[mark] += 1
        elif not waiting[_CLOSING[mark]]:
            if mark != "’":  # which is also an apostrophe
                found.append((start, match.start()))
        else:
            while opened:
                last, at = opened.pop()
                waiting[last] -= 1
                found.append((at, match.start()))
                if last == _CLOSING[mark]:
                    break
    found += [(at, end) for _, at in opened]
    pairs = zip(straight[::2], [*straight[1::2], end], strict=False)
    return found + [(first + 1, second) for first, second in pairs]


def _meets(edit: Edit, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether the edit changes something in one of the ranges, which are apart; an insertion at an edge of one is outside."""
    index = bisect_left(ranges, edit.start, key=lambda one: one[1])
    near = ranges[index : index + 2]  # an edge may be touched before the next range is reached
    if edit.start == edit.end:
        return any(start < edit.start < end for start, end in near)
    return any(edit.start < end and start < edit.end for start, end in near)


def _loses_markup(edit: Edit, source: str, skipped: Sequence[tuple[int, int]]) -> bool:
    """Whether marks that readers of the text do not see would go with text that changes; alone, they may be what is mended."""
    first = bisect_right(skipped, edit.start, key=lambda one: one[1])
    last = bisect_left(skipped, edit.end, key=lambda one: one[0])
    inside = [(max(start, edit.start), min(end, edit.end)) for start, end in skipped[first:last]]
    shown, at = "", edit.start
    for start, end in inside:
        shown, at = shown + source[at:start], end
    shown += source[at : edit.end]
    return bool(inside and shown) and shown != edit.text


def _apart(edits: Iterable[Edit]) -> Iterable[Edit]:
    last: Edit | None = None
    for edit in sorted(edits, key=lambda one: (one.start, one.end, one.finding.rule)):
        twice = last is not None and (edit.start, edit.end) == (last.start, last.end)
        if last is None or (edit.start >= last.end and not twice):
            last = edit
            yield edit


def _try(data: bytes, record: SourceFile, edits: Sequence[Edit]) -> Applied | None:
    """The file with the edits, read back; None where its text is not what the edits should make of it."""
    if record.source.format == "docx":
        made = edit_docx(data, record.text, edits)
    else:
        made = _edit_html(data, record.text, record.source.encoding or "utf-8", record.blocks, edits)
    if not made.done:
        return made
    try:
        again = read(made.data, record.source.path)
    except ReadError:
        return None
    return made if again.source == edited(record.text, made.done) else None


def _edit_html(
    data: bytes, source: str, encoding: str, blocks: Sequence[BlockRecord], edits: Sequence[Edit]
) -> Applied:
    mark = next((mark for mark, _ in BOMS if data.startswith(mark)), b"")
    unfaithful = f"@fix_bytes:{encoding}"
    try:
        page = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        return refuse_all(data, edits, unfaithful)
    lines = Lines.of(page, source, blocks)
    located: list[Located] = []
    refused: list[Refusal] = []
    for edit in edits:
        found = locate(edit, lines)
        if isinstance(found, str):
            refused.append(Refusal(edit.finding, found))
        else:
            located.append(found)
    new = encoded_edits(data, page, encoding, mark, located)
    if new is None:
        return refuse_all(data, edits, unfaithful)
    return Applied(new, tuple(one.edit for one in located), tuple(refused))


def _examine(data: bytes, name: str, lexicon: Lexicon, proof: Proof) -> tuple[Sheet, Sequence[Finding]]:
    record = extract(normalize(read(data, name)), lexicon)
    return Sheet.of(record, lexicon, proof.profile), proofread(record, lexicon, proof)


def _key(finding: Finding) -> Key:
    span = finding.span
    return (finding.rule, span.start, span.end) if span else (finding.rule, -1, -1)


def _words(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.span.quote if finding.span else ""


def _lines(text: str) -> list[str]:
    parts = text.split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])
