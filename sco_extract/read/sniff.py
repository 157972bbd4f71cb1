"""Which format a file is in, by what it contains; its suffix decides only where the content allows several."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from sco_extract.model.diagnostics import ReadError
from sco_extract.model.document import Format

HEAD = 65_536  # bytes looked at: navigation and style of a web page come before its first text, but not this much

AS_DOCX = "open it in Word, WPS or LibreOffice and save it as .docx"
AS_TEXT = "export the text as .docx, .pdf with a text layer, .html or .txt"
OCR = "recognize its text first (OCR) and save it as a PDF with a text layer or as .txt"

# Formats known by their first bytes, which are not read: (offset, bytes, what it is, what to do).
FOREIGN = (
    (0, b"{\\rtf", "an RTF file", AS_DOCX),
    (0, b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (0, b"BZh", "a bzip2 archive", "unpack it first"),
    (0, b"\xfd7zXZ\x00", "an xz archive", "unpack it first"),
    (0, b"\x28\xb5\x2f\xfd", "a zstd archive", "unpack it first"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it first"),
    (0, b"Rar!\x1a\x07", "a RAR archive", "unpack it first"),
    (257, b"ustar", "a tar archive", "unpack it first"),
    (0, b"\x89PNG\r\n", "a picture (PNG)", OCR),
    (0, b"\xff\xd8\xff", "a picture (JPEG)", OCR),
    (0, b"GIF8", "a picture (GIF)", OCR),
    (0, b"II*\x00", "a picture (TIFF)", OCR),
    (0, b"MM\x00*", "a picture (TIFF)", OCR),
    (8, b"WEBP", "a picture (WebP)", OCR),
    (4, b"ftyp", "a video or picture (MP4, HEIC)", AS_TEXT),
    (0, b"OggS", "a sound or video file", AS_TEXT),
    (0, b"ID3", "a sound file", AS_TEXT),
    (0, b"%!PS", "a PostScript file", "convert it to PDF"),
    (0, b"CAJ", "a CAJ file", "print it to PDF in its reader"),
    (0, b"HN\x00\x00", "a CAJ file", "print it to PDF in its reader"),
    (0, b"SQLite format 3\x00", "a database", AS_TEXT),
    (0, b"\x7fELF", "a program", AS_TEXT),
)
# Kinds of zip by a part that only they have; the part's name begins with the text.
PACKAGES = (
    ("xl/", "an Excel workbook (.xlsx)", "copy the table into a Word document (.docx) or save it as .html"),
    ("ppt/", "a PowerPoint file (.pptx)", "export it as .pdf"),
    ("OFD.xml", "an OFD file", "export it as .pdf"),
    ("content.xml", "an OpenDocument file (.odt, .ods)", AS_DOCX),
    ("META-INF/container.xml", "an e-book (.epub)", AS_TEXT),
)
# Kinds of the old compound file by the UTF-16 name of a stream in it.
COMPOUND = (
    (
        "EncryptedPackage",
        "a document protected by a password",
        "remove the password in Word and save it again as .docx",
    ),
    ("WordDocument", "an old Word file (.doc)", AS_DOCX),
    ("Workbook", "an old Excel file (.xls)", "save it as .html or copy the table into a .docx"),
    ("PowerPoint Document", "an old PowerPoint file (.ppt)", "export it as .pdf"),
)

HTML_ROOT = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
HTML_TAG = re.compile(
    rb"</?(?:p|div|span|table|tr|td|br|h[1-6]|a|meta|body|head|ul|li|section|article)[\s/>]", re.IGNORECASE
)
MARKDOWN_MARKS = (
    re.compile(rb"^ {0,3}#{1,6} +\S", re.MULTILINE),
    re.compile(rb"^ {0,3}\|?[ :]*-{3,}[ :]*\|[-|: ]*$", re.MULTILINE),
    re.compile(rb"^\[\^[^\]\n]{1,20}\]:", re.MULTILINE),
    re.compile(rb"\*\*[^*\n]{1,200}\*\*"),
    re.compile(rb"<sup>[^<\n]{1,20}</sup>"),
    re.compile(rb"\]\(https?://"),
    re.compile(rb"^```", re.MULTILINE),
)
# Kinds of marks that make a file without a Markdown suffix Markdown; one alone may be a typist's habit.
ENOUGH_MARKS = 2
MARKDOWN_SUFFIXES = (".md", ".markdown", ".mkd")
HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")


def sniff(data: bytes, name: str) -> Format:
    """The format of ``data``; ``name`` is only asked for its suffix.

    Raises ``ReadError``: READ001 for an empty file, READ003 for a known format that is not read, READ006 for a damaged
    container. Text of unknown encoding passes as ``txt``; decoding will say more.
    """
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise ReadError("READ001", "the file is empty: export or download it again")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sniff_zip(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    _refuse_foreign(data)
    return _sniff_text(data[:HEAD], PurePath(name).suffix.lower())


def _sniff_zip(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, UnicodeDecodeError, NotImplementedError) as error:
        raise ReadError("READ006", f"a damaged zip container ({error}): download or save the document again") from error
    if any(part.startswith("word/") and part.endswith(".xml") for part in names):
        return "docx"
    for start, what, advice in PACKAGES:
        if any(part.startswith(start) for part in names):
            raise ReadError("READ003", f"this is {what}, which is not read: {advice}")
    raise ReadError("READ003", "this is a zip archive: unpack it and give the documents in it")


def _refuse_foreign(data: bytes) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        for stream, what, advice in COMPOUND:
            if stream.encode("utf-16-le") in data:
                raise ReadError("READ003", f"this is {what}, which is not read: {advice}")
        raise ReadError("READ003", f"this is an old Office or WPS file, which is not read: {AS_DOCX}")
    if data.startswith(b"MZ") and b"\0\0" in data[:64]:
        raise ReadError("READ003", f"this is a program, which is not read: {AS_TEXT}")
    if data.startswith(b"BM") and b"\0\0\0\0" in data[:16]:
        raise ReadError("READ003", f"this is a picture (BMP), which is not read: {OCR}")
    for offset, magic, what, advice in FOREIGN:
        if data[offset : offset + len(magic)] == magic:
            raise ReadError("READ003", f"this is {what}, which is not read: {advice}")
    if data[:200].lstrip().lower().startswith(b"mime-version:") or b"multipart/related" in data[:2000]:
        raise ReadError(
            "READ003", "this is a web archive or mail (.mht, .eml), which is not read: save the page as .html"
        )


def _sniff_text(head: bytes, suffix: str) -> Format:
    narrow = head.replace(b"\0", b"") if b"\0" in head else head  # UTF-16 tags look like ASCII without their zeros
    start = narrow.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    tags = len(HTML_TAG.findall(narrow))
    if HTML_ROOT.search(start[:4096]) and start.startswith(b"<"):
        return "html"
    if tags and (suffix in HTML_SUFFIXES or (start.startswith(b"<") and tags >= 3)):
        return "html"
    if start.startswith(b"<?xml"):
        raise ReadError("READ003", f"this is an XML file of another program, which is not read: {AS_DOCX}")
    if suffix in MARKDOWN_SUFFIXES:
        return "md"
    marks = sum(1 for mark in MARKDOWN_MARKS if mark.search(narrow))
    return "md" if marks >= ENOUGH_MARKS else "txt"
