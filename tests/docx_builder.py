"""Builds small Word files for tests and samples: python-docx for what it can, raw XML for what it cannot.

A :class:`Builder` collects the body as XML (helpers below make paragraphs, runs, tables), and the parts that go with it;
``build()`` gives the bytes of a .docx. No file of somebody else's is needed.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

import docx

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    }.items()
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def text(content: str) -> str:
    """``w:t`` with white space kept."""
    return f'<w:t xml:space="preserve">{escape(content)}</w:t>'


def run(content: str, properties: str = "") -> str:
    """A run; ``properties`` is the inside of ``w:rPr``."""
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{text(content)}</w:r>"


def paragraph(*content: str, style: str = "", num: tuple[int, int] | None = None, properties: str = "") -> str:
    """A paragraph of runs in XML (plain text is made a run); ``num`` is (numId, ilvl)."""
    inside = "".join(piece if piece.startswith("<") else run(piece) for piece in content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>' if num else ""
    return f"<w:p><w:pPr>{named}{listed}{properties}</w:pPr>{inside}</w:p>"


def inserted(*content: str, move: bool = False) -> str:
    """A tracked insertion (or the new place of a move) of runs in XML."""
    tag = "moveTo" if move else "ins"
    return f'<w:{tag} w:id="1" w:author="a">{"".join(content)}</w:{tag}>'


def deleted(content: str) -> str:
    """A tracked deletion of text."""
    return f'<w:del w:id="2" w:author="a"><w:r><w:delText>{escape(content)}</w:delText></w:r></w:del>'


def moved_away(content: str) -> str:
    """The old place of a tracked move; Word keeps it as ``w:t``."""
    return f'<w:moveFrom w:id="3" w:author="a">{run(content)}</w:moveFrom>'


MARK_DELETED = '<w:rPr><w:del w:id="4" w:author="a"/></w:rPr>'  # in paragraph(properties=…)


def note_call(kind: str, ref: int, custom_mark: str = "") -> str:
    """The call of a footnote, endnote or comment, with a mark of the author's own if given."""
    custom = f' w:customMarkFollows="1"/>{text(custom_mark)}' if custom_mark else "/>"
    return f'<w:r><w:{kind}Reference w:id="{ref}"{custom}</w:r>'


def field_parts(code: str, *result: str) -> str:
    """A complex field with its result (runs in XML)."""
    return field_begin(code) + "".join(result) + field_end()


def field_begin(code: str) -> str:
    """Begin, code and separator of a complex field."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{escape(code)}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def field_end() -> str:
    """The end of a complex field."""
    return '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def text_box(*content: str) -> str:
    """A text box as Word writes it: once as DrawingML and once, for old versions, as VML."""
    inside = f"<w:txbxContent>{''.join(content)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def cell(*content: str, span: int = 1, merge: str = "") -> str:
    """A cell of paragraphs in XML (plain text is made a paragraph); ``merge`` is ``restart`` or ``continue``."""
    inside = "".join(piece if piece.startswith("<") else paragraph(piece) for piece in content) or "<w:p/>"
    wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    tall = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return f"<w:tc><w:tcPr>{wide}{tall}</w:tcPr>{inside}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A table row of cells in XML (plain text is made a cell)."""
    inside = "".join(piece if piece.startswith("<") else cell(piece) for piece in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def table(*rows: str) -> str:
    """A table of rows in XML."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def control(*content: str, gallery: str = "") -> str:
    """A content control; ``gallery="Table of Contents"`` for a contents list of Word's own."""
    made = f'<w:docPartObj><w:docPartGallery w:val="{gallery}"/></w:docPartObj>' if gallery else ""
    return f"<w:sdt><w:sdtPr>{made}</w:sdtPr><w:sdtContent>{''.join(content)}</w:sdtContent></w:sdt>"


def level(at: int, kind: str, shown: str, extra: str = "", start: int = 1) -> str:
    """A level of a list definition; ``extra`` is further XML inside ``w:lvl``."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{extra}'
        f'<w:lvlText w:val="{escape(shown)}"/></w:lvl>'
    )


def abstract(number: int, *levels: str) -> str:
    """A list definition."""
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def num(number: int, definition: int, overrides: str = "") -> str:
    """A list of a definition."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/>{overrides}</w:num>'


def style(identifier: str, name: str, *, based_on: str = "", paragraph_properties: str = "", kind: str = "paragraph",
          run_properties: str = "") -> str:  # fmt: skip
    """A style."""
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{identifier}"><w:name w:val="{name}"/>{based}'
        f"<w:pPr>{paragraph_properties}</w:pPr><w:rPr>{run_properties}</w:rPr></w:style>"
    )


@dataclass
class Builder:
    """A Word file in the making; the parts are given by what stands inside their root elements."""

    body: list[str] = field(default_factory=list)
    styles: str = ""
    numbering: str = ""
    settings: str = ""
    footnotes: dict[int, str] = field(default_factory=dict)  # id -> paragraphs in XML
    endnotes: dict[int, str] = field(default_factory=dict)
    comments: dict[int, str] = field(default_factory=dict)
    headers: list[str] = field(default_factory=list)  # paragraphs in XML; referenced by the last section
    footers: list[str] = field(default_factory=list)
    section: str = ""  # further XML inside w:sectPr
    title: str = ""
    extra: dict[str, bytes] = field(default_factory=dict)  # other entries of the zip, or replacements

    def add(self, *content: str) -> Builder:
        """Append blocks in XML; plain text is made a paragraph."""
        self.body.extend(piece if piece.startswith("<") else paragraph(piece) for piece in content)
        return self

    def document_xml(self) -> str:
        """``word/document.xml``."""
        furniture = "".join(
            f'<w:{role}Reference w:type="default" r:id="{role}{at}"/>'
            for role, parts in (("header", self.headers), ("footer", self.footers))
            for at, _ in enumerate(parts)
        )
        section = f"<w:sectPr>{furniture}{self.section}</w:sectPr>"
        return _xml("document", f"<w:body>{''.join(self.body)}{section}</w:body>")

    def build(self) -> bytes:
        """The bytes of the .docx."""
        parts = {f"word/{name}.xml": _xml(name, inside) for name, inside in self._inside().items() if inside}
        parts.update({f"word/header{at}.xml": _xml("hdr", inside) for at, inside in enumerate(self.headers)})
        parts.update({f"word/footer{at}.xml": _xml("ftr", inside) for at, inside in enumerate(self.footers)})
        entries = {
            "[Content_Types].xml": _content_types(parts),
            "_rels/.rels": _relationships({"doc": ("officeDocument", "word/document.xml")}),
            "word/document.xml": self.document_xml(),
            "word/_rels/document.xml.rels": _relationships(
                {path[5:-4]: (path[5:-4].rstrip("0123456789"), path[5:]) for path in parts}
            ),
            **parts,
        }
        if self.title:
            entries["docProps/core.xml"] = (
                '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
                'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
                f"<dc:title>{escape(self.title)}</dc:title><dcterms:created>2001-02-03T00:00:00Z</dcterms:created>"
                "</cp:coreProperties>"
            )
        return zipped({name: content.encode() for name, content in entries.items()} | self.extra)

    def _inside(self) -> dict[str, str]:
        notes = {
            f"{kind}s": "".join(f'<w:{kind} w:id="{ref}">{content}</w:{kind}>' for ref, content in given.items())
            for kind, given in (("footnote", self.footnotes), ("endnote", self.endnotes), ("comment", self.comments))
        }
        return {"styles": self.styles, "numbering": self.numbering, "settings": self.settings, **notes}


def _xml(root: str, inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {NAMESPACES}>{inside}</w:{root}>'


def _relationships(targets: dict[str, tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="{ref}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for ref, (kind, target) in targets.items()
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
    )


def _content_types(parts: dict[str, str]) -> str:
    kinds = {"word/document.xml": "document.main"} | {path: path[5:-4].rstrip("0123456789") for path in parts}
    inside = "".join(
        f'<Override PartName="/{path}" ContentType="{_CONTENT}.{kind}+xml"/>' for path, kind in kinds.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{inside}</Types>'
    )


def zipped(entries: dict[str, bytes]) -> bytes:
    """A zip of these entries, deflated, always with the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The entries of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(document: docx.document.Document, **parts: str) -> bytes:
    """A document of python-docx with parts it has no API for: ``footnotes="<w:footnote …>"`` and the like.

    Calls are put into the text by appending ``note_call(…)`` parsed with ``docx.oxml.parse_xml``.
    """
    buffer = io.BytesIO()
    document.save(buffer)
    entries = unzipped(buffer.getvalue())
    types, relations = entries["[Content_Types].xml"].decode(), entries["word/_rels/document.xml.rels"].decode()
    for name, inside in parts.items():
        entries[f"word/{name}.xml"] = _xml(name, inside).encode()
        override = f'<Override PartName="/word/{name}.xml" ContentType="{_CONTENT}.{name}+xml"/></Types>'
        types = types.replace("</Types>", override)
        link = f'<Relationship Id="added-{name}" Type="{OFFICE}/{name}" Target="{name}.xml"/></Relationships>'
        relations = relations.replace("</Relationships>", link)
    entries["[Content_Types].xml"], entries["word/_rels/document.xml.rels"] = types.encode(), relations.encode()
    return zipped(entries)
