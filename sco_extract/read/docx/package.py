"""The zip container of a Word file and its XML parts, read as if a stranger had made them to do harm."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from lxml import etree
from lxml.etree import _Element

from sco_extract.model.diagnostics import ReadError
from sco_extract.read.docx.names import R_NS, W_NS
from sco_extract.read.limits import Limits

# Elements for each packed byte of a part with more than DENSITY_FLOOR of them. Measured: running text 0.3, 20,000 short
# numbered paragraphs 1.4; a table of numbers comes to 2. Nodes without content, made to fill memory, begin at 5.
MAX_DENSITY = 4
DENSITY_FLOOR = 300_000
RATIO_FLOOR = 10_000_000  # bytes; below it a high ratio costs nothing (short tables of equal cells reach 100)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCUMENT_TYPE = re.compile(r"wordprocessingml\.(?:document|template)\.main\+xml|ms-word\..*\.main\+xml")
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OVERRIDE = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_STRICT = (
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", W_NS),
    ("http://purl.oclc.org/ooxml/officeDocument/relationships", R_NS),
    ("http://purl.oclc.org/ooxml/officeDocument/math", "http://schemas.openxmlformats.org/officeDocument/2006/math"),
)
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another inside the package; ``kind`` is the last step of its type (``footnotes``)."""

    id: str
    kind: str
    target: str


class Package:
    """The parts of one Word file. Parts are parsed on demand, once each, within the limits of the whole file."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        """Check the container; ``ReadError`` (DOCX001 to DOCX005) says what is wrong with it."""
        self._name = name
        self._limits = limits
        self._elements = 0
        self._trees: dict[str, _Element | None] = {}
        self._relations: dict[str, tuple[Relationship, ...]] = {}
        _refuse_other_formats(data, name, limits)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _DAMAGE as error:
            raise ReadError(
                "DOCX002",
                f"{name}: the zip container is damaged or cut off ({error}); get the file again or repair it in Word",
            ) from error
        self._check_sizes()
        self._entries = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in self._zip.infolist()}

    def _check_sizes(self) -> None:
        entries = self._zip.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        packed = sum(entry.compress_size for entry in entries) or 1
        if unpacked > self._limits.max_unpacked_bytes:
            raise self._bomb(f"it unpacks to {unpacked:,} bytes, more than {self._limits.max_unpacked_bytes:,}")
        if unpacked > RATIO_FLOOR and unpacked / packed > self._limits.max_zip_ratio:
            raise self._bomb(
                f"it unpacks to {unpacked // packed} times its size, more than {self._limits.max_zip_ratio}"
            )

    def _bomb(self, reason: str) -> ReadError:
        return ReadError("DOCX004", f"{self._name}: {reason}; if you trust it, save it anew in Word or raise the limit")

    def main_part(self) -> str:
        """The part name of the document itself: by relationship, else by content type, else by its usual name."""
        for relation in self.relations(""):
            if relation.kind == "officeDocument" and relation.target.lower() in self._entries:
                return relation.target
        types = self.xml("[Content_Types].xml")
        for override in types.iter(_OVERRIDE) if types is not None else ():
            part = override.get("PartName", "").lstrip("/")
            if _DOCUMENT_TYPE.search(override.get("ContentType", "")) and part.lower() in self._entries:
                return part
        if "word/document.xml" in self._entries:
            return "word/document.xml"
        raise ReadError(
            "DOCX006",
            f"{self._name}: no Word document inside (word/document.xml is missing); check that the file is a .docx and whole",
        )

    def relations(self, part: str) -> tuple[Relationship, ...]:
        """The internal relationships of ``part`` (``""`` for the package); external ones are never followed."""
        if part not in self._relations:
            folder, file = posixpath.split(part)
            root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
            found = [] if root is None else [_relationship(element, folder) for element in root.iter(_RELATIONSHIP)]
            self._relations[part] = tuple(relation for relation in found if relation is not None)
        return self._relations[part]

    def related(self, part: str, kind: str) -> str | None:
        """The first part that ``part`` relates to as ``kind``, or None."""
        return next(
            (r.target for r in self.relations(part) if r.kind == kind and r.target.lower() in self._entries), None
        )

    def xml(self, part: str) -> _Element | None:
        """The root element of a part, None where there is no such part; ``ReadError`` where it cannot be parsed."""
        key = part.lower()
        if key not in self._trees:
            entry = self._entries.get(key)
            self._trees[key] = (
                None if entry is None else self._parse(part, self._unpack(part, entry), entry.compress_size)
            )
        return self._trees[key]

    def parsed(self) -> dict[str, _Element]:
        """The parts that were asked for so far, by their names in small letters."""
        return {part: root for part, root in self._trees.items() if root is not None}

    def _unpack(self, part: str, entry: zipfile.ZipInfo) -> bytes:
        if entry.flag_bits & 0x1:
            raise _password(self._name)
        if entry.file_size > self._limits.max_part_bytes:
            raise self._bomb(f"{part} has {entry.file_size:,} bytes, more than {self._limits.max_part_bytes:,}")
        try:
            with self._zip.open(entry) as stream:
                return stream.read(self._limits.max_part_bytes)
        except _DAMAGE as error:
            raise ReadError(
                "DOCX002", f"{self._name}: the part {part} cannot be unpacked ({error}); get the file again"
            ) from error

    def _parse(self, part: str, data: bytes, packed: int) -> _Element:
        data = _utf8(data)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise self._declarations(part)
        self._count_elements(part, data, packed)
        for strict, transitional in _STRICT:
            for quote in ('"', "'"):
                data = data.replace(f"={quote}{strict}{quote}".encode(), f"={quote}{transitional}{quote}".encode())
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise ReadError(
                "DOCX008", f"{self._name}: {part} is not well-formed XML ({error.msg}); open and save it in Word"
            ) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise self._declarations(part)
        if _deeper_than(root, self._limits.max_depth):
            raise ReadError(
                "DOCX009",
                f"{self._name}: elements nested deeper than {self._limits.max_depth} in {part}; "
                "no word processor writes that: save it anew in Word or raise the limit",
            )
        return root

    def _count_elements(self, part: str, data: bytes, packed: int) -> None:
        """Refuse before parsing: the tags are counted in the bytes."""
        elements = data.count(b"<") - data.count(b"</")
        self._elements += elements
        if self._elements > self._limits.max_elements:
            raise ReadError(
                "DOCX007",
                f"{self._name}: more than {self._limits.max_elements:,} XML elements (at {part}); "
                "split the document or raise the limit",
            )
        if elements > DENSITY_FLOOR and elements > MAX_DENSITY * packed:
            raise ReadError(
                "DOCX007",
                f"{self._name}: {elements:,} XML elements in {packed:,} packed bytes of {part}, which is no text but "
                "a trap; save it anew in Word if you trust it",
            )

    def _declarations(self, part: str) -> ReadError:
        return ReadError(
            "DOCX005",
            f"{self._name}: {part} declares a DOCTYPE or entities, which Word never does; save it anew in Word",
        )


def _refuse_other_formats(data: bytes, name: str, limits: Limits) -> None:
    if len(data) > limits.max_bytes:
        raise ReadError(
            "DOCX004", f"{name}: {len(data):,} bytes, more than {limits.max_bytes:,}; split it or raise the limit"
        )
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _password(name)
        raise ReadError("DOCX001", f"{name}: an old binary Office file (.doc), not a .docx; save it as .docx in Word")
    if b"PK\x03\x04" not in data[:4096]:
        raise ReadError(
            "DOCX001", f"{name}: not a .docx (no zip container); check the format or save it as .docx in Word"
        )
    if data.count(b"PK\x01\x02") > limits.max_zip_entries:
        raise ReadError(
            "DOCX004", f"{name}: more than {limits.max_zip_entries:,} files in the container; save it anew in Word"
        )


def _password(name: str) -> ReadError:
    return ReadError("DOCX003", f"{name}: password protected; open it in Word and save it without the password")


def _relationship(element: _Element, folder: str) -> Relationship | None:
    target = element.get("Target", "")
    if element.get("TargetMode") == "External" or not target:
        return None
    path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    return Relationship(element.get("Id", ""), element.get("Type", "").rpartition("/")[2], path)


def _utf8(data: bytes) -> bytes:
    """OPC allows UTF-8 and UTF-16; as UTF-8, the checks on bytes see both."""
    if not data.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")):
        return data
    encoding = "utf-16" if data[:1] > b"\xf0" else "utf-16-le" if data[1:2] == b"\x00" else "utf-16-be"
    return _XML_DECLARATION.sub("", data.decode(encoding, "replace").lstrip("\ufeff")).encode()


def _deeper_than(root: _Element, limit: int) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limit:
            return True
    return False
