"""Read a PDF that has a text layer: paragraphs in reading order, tables, notes, without running headers."""

from __future__ import annotations

import pypdfium2 as pdfium

from sco_extract.model.diagnostics import Diagnostic, ReadError, Severity
from sco_extract.read.layout import Layout
from sco_extract.read.limits import Limits
from sco_extract.read.pdf.assemble import count_characters, has_text, tell
from sco_extract.read.pdf.chars import Char, PageChars, read_chars
from sco_extract.read.pdf.geometry import PageText, TableText
from sco_extract.read.pdf.lines import make_lines
from sco_extract.read.pdf.tables import LEAST_PATHS, MOST_CHARACTERS, MOST_PATHS, TableFinder
from sco_extract.read.pdf.write import layout_of

# Below this share of pages with text a file is a scan (with a cover page or stamps typed on it).
_TEXT_PAGES = 0.1
# Above this share of characters without a Unicode value its fonts tell glyphs, not text.
_UNREADABLE = 0.3
_WRONG_PASSWORD = 4  # FPDF_ERR_PASSWORD


def read_pdf(data: bytes, name: str, limits: Limits) -> Layout:
    """The file ``data`` as text and blocks; ``name`` is the file's, not used. Nothing in the file is run or followed.

    Raises :class:`ReadError`: ``PDF001`` damaged, ``PDF002`` no text layer, ``PDF003`` a password is needed, ``READ002``
    more pages or characters than ``limits`` allow.
    """
    pdf = _open(data)
    try:
        if len(pdf) > limits.max_pages:
            raise ReadError("READ002", f"the file has {len(pdf)} pages, more than {limits.max_pages}: split it")
        pages, unreadable, diagnostics = _read_pages(pdf, data, limits)
        title = _title(pdf)
    finally:
        pdf.close()
    characters = count_characters(pages)
    if sum(has_text(page) for page in pages) < _TEXT_PAGES * len(pages) or characters == 0:
        raise _no_text(f"{len(pages)} pages without a text layer, a scan")
    if unreadable > _UNREADABLE * characters:
        raise _no_text(f"{unreadable} of {characters} characters have no Unicode value in its fonts")
    return layout_of(tell(pages), title, tuple(diagnostics))


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        pdf = pdfium.PdfDocument(data)
        pages = len(pdf)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _WRONG_PASSWORD or "password" in str(error).lower():
            raise ReadError("PDF003", "the file is protected by a password: save it without one") from error
        raise ReadError("PDF001", f"the file is damaged or cut off ({error}): download or export it again") from error
    if pages == 0:
        pdf.close()
        raise ReadError("PDF001", "the file is damaged: it has no pages; download or export it again")
    return pdf


def _read_pages(pdf: pdfium.PdfDocument, data: bytes, limits: Limits) -> tuple[list[PageText], int, list[Diagnostic]]:
    pages: list[PageText] = []
    diagnostics: list[Diagnostic] = []
    unreadable = characters = 0
    finder = TableFinder(data)
    try:
        for index in range(len(pdf)):
            found = _page_chars(pdf, index)
            unreadable += found.unreadable
            if found.unreadable:
                note = f"page {index + 1}: {found.unreadable} characters without a Unicode value, shown as U+FFFD"
                diagnostics.append(Diagnostic("PDF102", Severity.WARNING, note))
            characters += len(found.chars)
            if characters > limits.max_characters:
                raise ReadError(
                    "READ002", f"more than {limits.max_characters} characters by page {index + 1}: split the file"
                )
            pages.append(_page_text(finder, index, found, diagnostics))
    finally:
        finder.close()
    return pages, unreadable, diagnostics


def _page_chars(pdf: pdfium.PdfDocument, index: int) -> PageChars:
    try:
        page = pdf[index]
        try:
            return read_chars(page)
        finally:
            page.close()
    except pdfium.PdfiumError as error:
        raise ReadError(
            "PDF001", f"page {index + 1} is damaged ({error}): download or export the file again"
        ) from error


def _page_text(finder: TableFinder, index: int, found: PageChars, diagnostics: list[Diagnostic]) -> PageText:
    chars = found.chars
    page = PageText(index + 1, found.width, found.height, [], slanted=found.slanted)
    if found.paths >= LEAST_PATHS and chars:
        try:
            page.tables, chars = _tables(finder, index, found)
        except Exception as error:  # pdfplumber raises what its parsers meet in a broken file
            why = str(error) if isinstance(error, OverflowError) else type(error).__name__
            note = f"tables of page {index + 1} were not looked for ({why}); its text is read"
            diagnostics.append(Diagnostic("PDF101", Severity.WARNING, note))
    page.lines = make_lines(chars)
    return page


def _tables(finder: TableFinder, index: int, found: PageChars) -> tuple[list[TableText], list[Char]]:
    if found.paths > MOST_PATHS or len(found.chars) > MOST_CHARACTERS:
        raise OverflowError(f"{found.paths} drawn lines, {len(found.chars)} characters")
    return finder.find(index, found.chars)


def _title(pdf: pdfium.PdfDocument) -> str:
    title = str(pdf.get_metadata_dict(skip_empty=True).get("Title", ""))
    # Word processors put the name of a file there, or nothing that was meant to be read.
    return " ".join(title.split()) if "." not in title[-6:] and title.lower() not in ("untitled", "anonymous") else ""


def _no_text(what: str) -> ReadError:
    return ReadError(
        "PDF002",
        f"the file has no readable text ({what}): recognize it first (OCR) and save it as a PDF with a text layer",
    )
