"""Every code that an error or a finding carries, with what it means and what to do.

A test compares the table with the codes that the program raises.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """A code as people see it. ``id`` is never reused; ``meaning`` and ``advice`` are sentences for the user."""

    id: str
    name: str
    meaning: str
    advice: str


# Errors of the run and of any file.
_RUN = (
    Code("RUN001", "nothing-of-that-name", "An argument names no file, folder, pattern or ingested source.",
         "Check the path; put a pattern in quotes."),
    Code("RUN002", "not-accessible", "A file cannot be opened or read, or is no regular file (a folder, a pipe, a device).",
         "Check that it exists and that you may read it; give a pipe as standard input (-)."),
    Code("RUN003", "out-of-memory", "A file needs more memory than there is.", "Split the file, or use fewer --jobs."),
    Code("RUN004", "file-too-large", "A file has more bytes than the limit for one file.", "Split the file."),
    Code("RUN005", "defect", "The program failed on a file for a reason that is its own fault.",
         "Report it with the file; the other files are not touched by it."),
    Code("RUN006", "time-limit", "A file took longer than the time limit.",
         "Split the file, or allow more time with --seconds."),
    Code("RUN007", "process-lost", "A file brought its process down: a crash, memory or time.",
         "Convert the file to .docx or .txt."),
    Code("RUN008", "record-unusable", "The record of an ingested source is missing or of another version of the program.",
         "Ingest the source again."),
    Code("RUN009", "no-workers", "No process to read files with could be started.",
         "Check memory and the number of processes that you may have (ulimit -u), or use fewer --jobs."),
    Code("RUN010", "no-input", "The arguments name folders or patterns without a file to read.",
         "Check the path; hidden files, Word's lock files (~$…) and the output folder are left out."),
    Code("RUN011", "decisions-unusable", "A file of human decisions cannot be read, is no TOML or breaks its schema.",
         "Correct the line that is named; docs/decisions.md has every key, `sco-extract schema decisions` the schema."),
    Code("RUN012", "nothing-ingested", "The output folder is missing, or no run of this version has written it.",
         "Run sco-extract ingest first, or name another folder with -o."),
    Code("RUN013", "settings-unusable", "A file of settings cannot be read, is no TOML or breaks its schema.",
         "Correct the line that is named; docs/validate.md has every key, `sco-extract schema settings` the schema."),
    Code("RUN014", "suppressions-unusable", "The file of suppressions cannot be read, is no TOML or breaks its schema.",
         "Correct the line that is named; docs/validate.md has every key, `sco-extract schema suppressions` the schema."),
    Code("RUN015", "baseline-unusable", "The baseline cannot be read, or is none that this program wrote.",
         "Name another file, or write it anew with --write-baseline."),
)  # fmt: skip
_READ = (
    Code("READ001", "empty", "The file is empty or holds no text.", "Export or download it again."),
    Code("READ002", "over-a-limit", "Size, pages, elements or nesting exceed a limit.", "Split the file."),
    Code("READ003", "format-not-read", "A known format that is not read: a picture, a spreadsheet, an archive, old Office.",
         "Save it as .docx, .pdf, .html or plain text; recognize pictures (OCR) first."),
    Code("READ004", "binary", "Binary data of no known format.", "Save it as .docx, .pdf, .html or plain text."),
    Code("READ005", "encoding-unknown", "The bytes are no Chinese text in any encoding that is read, or in a mixture.",
         "Save the file as UTF-8."),
    Code("READ006", "container-damaged", "The zip container of the file is damaged.", "Download or save it again."),
    Code("ENC001", "bytes-replaced", "Single bytes do not fit the encoding of the text; they are shown as U+FFFD.",
         "Compare the passage with the original."),
    Code("HTML002", "page-without-text", "The page holds no text: it is a frame, or a script fills it.",
         "Save the page from a browser."),
)  # fmt: skip
_DOCX = (
    Code("DOCX001", "no-docx", "The file is named or treated as .docx but is another format.", "Save it as .docx."),
    Code("DOCX002", "damaged", "The container of the document, or a part of it, is damaged.", "Get the file again."),
    Code("DOCX003", "password", "The document is protected by a password.", "Save it without the password."),
    Code("DOCX004", "too-large", "The document is too large when unpacked, or built to be (a zip bomb).",
         "If you trust it, save it anew in Word, or split it."),
    Code("DOCX005", "doctype", "A part declares a DOCTYPE or entities, which no word processor writes.",
         "If you trust it, open it in Word and save it anew."),
    Code("DOCX006", "no-document", "The container holds no Word document.", "Check that the file is a .docx."),
    Code("DOCX007", "too-many-elements", "A part has more elements than the limit.", "Split the document."),
    Code("DOCX008", "malformed", "A part is not well-formed XML.", "Open and save it in Word."),
    Code("DOCX009", "nested-too-deep", "Elements nest deeper than the limit.", "Open and save it in Word."),
    Code("DOCX010", "too-much-text", "The document has more text than the limit.", "Split the document."),
    Code("DOCX011", "no-text", "The document holds no text, only pictures perhaps.",
         "Recognize the pictures (OCR) first."),
    Code("DOCX101", "insertions", "Tracked insertions are read as text.", "Accept or reject the changes to be sure."),
    Code("DOCX102", "deletions", "Tracked deletions are left out.", "Accept or reject the changes to be sure."),
    Code("DOCX103", "moves-read", "Text that a tracked move brought is read at its new place.",
         "Accept or reject the changes to be sure."),
    Code("DOCX104", "moves-left-out", "Text that a tracked move took away is left out at its old place.",
         "Accept or reject the changes to be sure."),
    Code("DOCX105", "hidden-text", "Hidden text is left out.", "Show it in Word if it belongs to the document."),
    Code("DOCX106", "merged-cells", "Cells that a merged cell covers hold text of their own, added to the merged cell.",
         "Compare the table with the original."),
    Code("DOCX107", "objects-not-read", "Charts, diagrams or embedded documents are not read.",
         "Read them yourself, or save them as documents of their own."),
    Code("DOCX108", "part-left-out", "A part beside the text (notes, headers, styles) is damaged and was left out.",
         "Open and save the document in Word."),
)  # fmt: skip
_PDF = (
    Code("PDF001", "damaged", "The file or a page of it is damaged or cut off.", "Download or export it again."),
    Code("PDF002", "no-text-layer", "The pages are pictures: there is no text to read.",
         "Recognize the text first (OCR) and save a PDF with a text layer."),
    Code("PDF003", "password", "The file is protected by a password.", "Save it without the password."),
    Code("PDF101", "tables-not-sought", "The tables of a page could not be looked for; its text is read.",
         "Compare the page with the original."),
    Code("PDF102", "characters-unknown", "Characters without a Unicode value are shown as U+FFFD.",
         "Compare the page with the original."),
)  # fmt: skip
_DATES = (
    Code("DAT201", "no-such-date", "A date that the calendar does not have (2024年2月30日), or a range that ends before "
         "it begins. It makes no date record.", "Compare the passage with the original and correct it there."),
)  # fmt: skip

_DECISIONS = (
    Code("DEC001", "passage-gone", "The passage that a human decision quotes is not in the source any more, or the source is "
         "not among those of this run. The decision is not applied.",
         "Quote the passage as it stands now, name the source anew, or remove the decision."),
    Code("DEC002", "passage-ambiguous", "The passage that a human decision quotes stands in several places or belongs to "
         "several records. The decision is not applied.",
         "Tell them apart: words right before or after it, nth, or values that the record has."),
    Code("DEC003", "no-such-record", "At the passage that a human decision quotes there is no record of that type, or the "
         "record has no such field. The decision is not applied.",
         "Look at the records with sco-extract show SOURCE --type …, and correct the decision."),
    Code("DEC004", "decisions-contradict", "A human decision contradicts an earlier one: another value for one field, a split of "
         "what is merged, a link both accepted and rejected. The earlier one holds; merges go before splits.",
         "Remove one of the two."),
)  # fmt: skip

_SUPPRESSIONS = (
    Code("SUP001", "stale-suppression", "A suppression hides nothing: its passage is gone or changed, or the rule finds nothing "
         "there any more.", "Remove the entry, or quote the passage as it stands now."),
    Code("SUP002", "expired-suppression", "The day until which a suppression holds lies before the day given with --as-of. "
         "It hides nothing any more.", "Mend the passage, or agree on a later day."),
)  # fmt: skip

CODES: tuple[Code, ...] = (*_DATES, *_DECISIONS, *_SUPPRESSIONS, *_RUN, *_READ, *_DOCX, *_PDF)
