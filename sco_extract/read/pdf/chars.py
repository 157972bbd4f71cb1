"""Characters of a PDF page with their places, by pdfium."""

from __future__ import annotations

import ctypes
import math
import re
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as api

from sco_extract.read.pdf.fold import fold_forms
from sco_extract.read.pdf.geometry import Box

# Fake bold prints a character again a fraction of a point to the side; two real ones are at least half an em apart.
_DOUBLE = 0.2
# Text turned by more than this (radians, about 6 degrees) is a watermark or a seal.
_SLANT = 0.1
_BOLD_NAME = re.compile("bold|heavy|black|simhei|heiti|semibold|-hei|小标宋|黑体", re.IGNORECASE)
# Bullets of the fonts Symbol and Wingdings, which Word puts into the private use area.
_SYMBOL_BULLETS = "\uf0b7\uf06c\uf06e\uf06f\uf071\uf075\uf076\uf0a7\uf0a8\uf0d8\uf0fc"
_UNREADABLE = re.compile("[\x00-\x01\x03-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]")


@dataclass(slots=True)
class Char:
    """A visible character; ``space`` says that a space stands before it."""

    text: str
    box: Box
    baseline: float
    size: float
    bold: bool
    space: bool


@dataclass(slots=True)
class PageChars:
    """The characters of a page in the order of the file; ``unreadable`` of them have no Unicode value."""

    width: float
    height: float
    chars: list[Char]
    slanted: str
    unreadable: int
    paths: int


class _Frame:
    """Turns the coordinates of a page (origin below, perhaps rotated) into points from the upper left as it is seen."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        left, bottom, right, top = page.get_cropbox()
        self._left, self._bottom, self._right, self._top = left, bottom, right, top
        self.rotation = page.get_rotation() % 360
        turned = self.rotation in (90, 270)
        self.width = top - bottom if turned else right - left
        self.height = right - left if turned else top - bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        """``(x, top)`` of a point of the page."""
        if self.rotation == 90:
            return y - self._bottom, x - self._left
        if self.rotation == 180:
            return self._right - x, y - self._bottom
        if self.rotation == 270:
            return self._top - y, self._right - x
        return x - self._left, self._top - y

    def box(self, rect: api.FS_RECTF) -> Box:
        """The rectangle of a character."""
        xs, ys = zip(self.point(rect.left, rect.bottom), self.point(rect.right, rect.top), strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))


class _Reader:
    """Reads one page; keeps the ctypes buffers and what is known of the last font."""

    def __init__(self, text_page: pdfium.PdfTextPage, frame: _Frame) -> None:
        self._page = text_page.raw
        self._frame = frame
        self._rect = api.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._matrix = api.FS_MATRIX()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()

    def slant(self, at: int) -> float:
        """How far the character is turned from the page as it is seen, in radians, 0 to pi."""
        angle: float = api.FPDFText_GetCharAngle(self._page, at) + math.radians(self._frame.rotation)
        return abs((angle + math.pi) % (2 * math.pi) - math.pi)

    def char(self, at: int, text: str, *, space: bool) -> Char | None:
        """The character at index ``at``, ``None`` where pdfium does not know its place."""
        page = self._page
        if not api.FPDFText_GetLooseCharBox(page, at, self._rect):
            return None
        if not api.FPDFText_GetCharOrigin(page, at, self._x, self._y):
            return None
        box = self._frame.box(self._rect)
        baseline = self._frame.point(self._x.value, self._y.value)[1]
        size = api.FPDFText_GetFontSize(page, at)
        if api.FPDFText_GetMatrix(page, at, self._matrix):
            scale = math.sqrt(abs(self._matrix.a * self._matrix.d - self._matrix.b * self._matrix.c))
            size = size * scale if scale > 0 else size
        return Char(text, box, baseline, max(1.0, size), self._is_bold(at), space)

    def _is_bold(self, at: int) -> bool:
        api.FPDFText_GetFontInfo(self._page, at, self._name, 128, self._flags)
        return bool(_BOLD_NAME.search(self._name.value.decode("utf-8", "replace")))


def read_chars(page: pdfium.PdfPage) -> PageChars:
    """The characters of ``page`` without doubles, with radicals and ligatures folded, U+FFFD for unreadable ones."""
    frame = _Frame(page)
    text_page = page.get_textpage()
    reader = _Reader(text_page, frame)
    found = PageChars(frame.width, frame.height, [], "", 0, _count_paths(page))
    slanted: list[str] = []
    space = False
    high = 0
    for at in range(text_page.count_chars()):
        code = api.FPDFText_GetUnicode(text_page.raw, at)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        text = _character(code)
        if text.isspace():
            space = True
            continue
        if _UNREADABLE.match(text) or api.FPDFText_HasUnicodeMapError(text_page.raw, at) == 1:
            # Kept as U+FFFD: a character that is left out would make another date or name of the rest.
            found.unreadable += 1
            text = "\ufffd"
        if reader.slant(at) > _SLANT:
            slanted.append(text)
            continue
        char = reader.char(at, fold_forms(text), space=space)
        space = False
        if char is not None and _is_on_page(char, found):
            found.chars.append(char)
    text_page.close()
    found.chars = _without_doubles(found.chars)
    found.slanted = "".join(slanted)
    return found


def _character(code: int) -> str:
    if code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return "\ufffd"
    text = chr(code)
    if text in _SYMBOL_BULLETS:
        return "•"
    return " " if text in "\x7f\xad\ufeff\u200b\ue5e5" else text  # U+E5E5: GBK's second full-width space


def _is_on_page(char: Char, page: PageChars) -> bool:
    return char.box.x1 > 0 and char.box.x0 < page.width and char.box.bottom > 0 and char.box.top < page.height


def _without_doubles(chars: list[Char]) -> list[Char]:
    kept: list[Char] = []
    seen: dict[tuple[str, int, int], Char] = {}
    for char in chars:
        near = max(1.0, _DOUBLE * char.size)
        column, row = int(char.box.x0 / near), int(char.baseline / near)
        around = [(char.text, column + dx, row + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        if any(key in seen and _is_double(seen[key], char, near) for key in around):
            continue
        seen[char.text, column, row] = char
        kept.append(char)
    return kept


def _is_double(one: Char, other: Char, near: float) -> bool:
    return abs(one.box.x0 - other.box.x0) < near and abs(one.baseline - other.baseline) < near


def _count_paths(page: pdfium.PdfPage) -> int:
    count = 0
    for at in range(min(api.FPDFPage_CountObjects(page.raw), 200_000)):
        item = api.FPDFPage_GetObject(page.raw, at)
        kind = api.FPDFPageObj_GetType(item)
        if kind == api.FPDF_PAGEOBJ_PATH:
            count += 1
        elif kind == api.FPDF_PAGEOBJ_FORM:
            # A form may hold any number of lines; half a dozen are enough to look for a table.
            count += min(6, max(0, api.FPDFFormObj_CountObjects(item)))
    return count
