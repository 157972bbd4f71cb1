"""The empty file a report is written into: our own form, or the template of another house with its styles by name."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

import docx
from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml import etree

from sco_extract.model.diagnostics import WriteError
from sco_extract.write.report_docx import form
from sco_extract.write.report_docx.styles import GRID, STYLES, W, by_role, font_table_xml, style_xml, styles_xml
from sco_extract.write.wording import labels

# A template is a few styles and a letterhead; more unpacked bytes than this are none.
TEMPLATE_LIMIT = 64 * 1024 * 1024

# Roles for which a template must have a style of its own; the others are added where they are missing.
REQUIRED = ("title", "heading1", "heading2", "body")
NAMED = (*REQUIRED, "subtitle")

# Parts of python-docx's own start file that say nothing of this report.
_DROPPED = frozenset({RT.CUSTOM_XML, RT.NUMBERING, RT.WEB_SETTINGS, RT.THEME}) | {
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
}
# What a document has without calling it; all else of a template goes with the text that called it (pictures, notes, links).
_KEPT = frozenset({RT.STYLES, RT.SETTINGS, RT.THEME, RT.FONT_TABLE, RT.NUMBERING, RT.WEB_SETTINGS})
_PACKAGE_DROPPED = frozenset(
    {RT.EXTENDED_PROPERTIES, "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"}
)

# What may follow w:footnotePr in w:settings (CT_Settings).
_AFTER_FOOTNOTES = frozenset(
    [
        "endnotePr",
        "compat",
        "docVars",
        "rsids",
        "mathPr",
        "attachedSchema",
        "themeFontLang",
        "clrSchemeMapping",
        "doNotIncludeSubdocsInStats",
        "doNotAutoCompressPictures",
        "forceUpgrade",
        "captions",
        "readModeInkLockDown",
        "smartTagType",
        "schemaLibrary",
        "shapeDefaults",
        "doNotEmbedSmartTags",
        "decimalSymbol",
        "listSeparator",
        "docId",
        "defaultImageDpi",
    ]
)


@dataclass(frozen=True, slots=True)
class House:
    """An empty document, the id of the style of each role, and its pages upright and on their side.

    ``numbered`` holds the heading roles whose style numbers by itself; ``own`` says that form and footers are ours.
    """

    word: Word
    styles: Mapping[str, str]
    page: form.Page
    landscape: form.Page
    numbered: frozenset[str]
    own: bool


def open_house(style: str, template: bytes | None) -> House:
    """The empty file for a report.

    Raises ``WriteError`` for a style that nobody knows, a template that is no .docx, and one that lacks required styles.
    """
    if template is not None:
        return _from_template(template)
    if style != "gbt9704":
        raise WriteError(f"no report style {style!r}; there is 'gbt9704', or give a template")
    word = docx.Document()
    _drop(word, _DROPPED)
    _replace(word.styles.element, styles_xml())
    _replace(word.settings.element, _settings_xml())
    _font_table(word)
    return House(word, by_role(), form.PAGE, form.LANDSCAPE, frozenset(), own=True)


def _from_template(template: bytes) -> House:
    word = _open_template(template)
    page = _page_of(word)
    body = word.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    _drop(word, frozenset(rel.reltype for rel in word.part.rels.values()) - _KEPT)
    known = _names(word)
    styles = _map_styles(word, known)
    numbered = frozenset(role for role in ("heading1", "heading2") if _numbers(word, styles[role]))
    _add_footnote_settings(word.settings.element)
    return House(word, styles, page, page.turned(footer=page.footer), numbered, own=False)


def _open_template(template: bytes) -> Word:
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > TEMPLATE_LIMIT:
            raise WriteError(f"template: {size} bytes unpacked, the limit is {TEMPLATE_LIMIT}")
        return docx.Document(io.BytesIO(template))
    except (zipfile.BadZipFile, OpcError, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise WriteError(f"template: not a Word file (.docx): {error}") from error


def _page_of(word: Word) -> form.Page:
    """The page of the template's last section; a measure it does not state is ours."""
    section, ours = word.sections[-1], form.PAGE
    stated = {
        "width": section.page_width,
        "height": section.page_height,
        "top": section.top_margin,
        "right": section.right_margin,
        "bottom": section.bottom_margin,
        "left": section.left_margin,
        "header": section.header_distance,
        "footer": section.footer_distance,
    }
    found = {name: length.mm if length is not None else getattr(ours, name) for name, length in stated.items()}
    page = form.Page(**found)
    if page.width > page.height:  # a template on its side: the report stands upright
        page = page.turned(page.footer)
    if page.text_width < 50 or page.text_height < 50:
        raise WriteError("template: its margins leave no room for text")
    return page


def _names(word: Word) -> dict[str, str]:
    """Ids of the template's styles by name, as Word compares names: without regard to case."""
    found: dict[str, str] = {}
    for style in word.styles.element.iterchildren(qn("w:style")):
        name = style.find(qn("w:name"))
        if name is not None and style.get(qn("w:styleId")):
            found.setdefault(name.get(qn("w:val"), "").casefold(), style.get(qn("w:styleId")))
    return found


def _map_styles(word: Word, known: Mapping[str, str]) -> dict[str, str]:
    styles: dict[str, str] = {}
    missing = []
    for role in NAMED:
        names = labels(f"report_style_{role}")
        found = next((known[name.casefold()] for name in names if name.casefold() in known), "")
        if found:
            styles[role] = found
        elif role in REQUIRED:
            missing.append(" / ".join(names))
    if missing:
        raise WriteError(f"template: these styles are missing (any of the names will do): {'; '.join(missing)}")
    element = word.styles.element
    base = next((known[name] for name in ("normal", "正文") if name in known), styles["body"])
    taken = set(known.values())
    for style in STYLES:
        if style.role in styles or style.role == "normal":
            continue
        existing = known.get(style.name.casefold())
        if existing is None and style.id not in taken:
            own_base = styles.get("footer", base) if style.based_on == "Footer" else base
            element.append(parse_xml(style_xml(style, fonts=False, base=own_base)))
        styles[style.role] = existing or style.id
    if "table grid" not in known:
        element.append(parse_xml(GRID.replace("<w:style ", f'<w:style xmlns:w="{W}" ', 1)))
    styles["table"] = known.get("table grid", "TableGrid")
    return styles | {"normal": base}


def _numbers(word: Word, style_id: str) -> bool:
    """Whether the style, or one it is based on, numbers its paragraphs."""
    by_id = {style.get(qn("w:styleId")): style for style in word.styles.element.iterchildren(qn("w:style"))}
    seen: set[str] = set()
    while style_id in by_id and style_id not in seen:
        seen.add(style_id)
        style = by_id[style_id]
        numbers = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        if numbers is not None:
            return bool(numbers.get(qn("w:val")) != "0")
        based = style.find(qn("w:basedOn"))
        style_id = "" if based is None else based.get(qn("w:val"), "")
    return False


def _drop(word: Word, kinds: frozenset[str]) -> None:
    """Take relations of these kinds from the document, but those that its last section calls (header, footer)."""
    part = word.part
    called = set(word.element.body.xpath(".//@r:id"))
    for rel_id in [rel_id for rel_id, rel in part.rels.items() if rel.reltype in kinds and rel_id not in called]:
        del part.rels[rel_id]
    package = part.package
    assert package is not None
    for rel_id in [rel_id for rel_id, rel in package.rels.items() if rel.reltype in _PACKAGE_DROPPED]:
        del package.rels[rel_id]


def _font_table(word: Word) -> None:
    for relation in word.part.rels.values():
        if relation.reltype == RT.FONT_TABLE:
            relation.target_part._blob = _document(font_table_xml())


def _document(xml: str) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + xml.encode("utf-8")


def _replace(element: BaseOxmlElement, xml: str) -> None:
    """Give ``element`` the children that ``xml`` has."""
    for child in list(element):
        element.remove(child)
    for child in list(parse_xml(xml)):
        element.append(child)


_FOOTNOTES = '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'


def _settings_xml() -> str:
    uri = "http://schemas.microsoft.com/office/word"
    compat = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{uri}" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", "15"),
            ("overrideTableStyleFontSizeAndJustification", "1"),
            ("enableOpenTypeFeatures", "1"),
            ("doNotFlipMirrorIndents", "1"),
        )
    )
    return (
        f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>'
        f'<w:defaultTabStop w:val="{2 * form.CHARACTER}"/><w:evenAndOddHeaders/>'
        '<w:drawingGridVerticalSpacing w:val="579"/><w:characterSpacingControl w:val="compressPunctuation"/>'
        f"{_FOOTNOTES}<w:compat><w:useFELayout/>{compat}</w:compat>"
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def _add_footnote_settings(settings: BaseOxmlElement) -> None:
    """Say in ``settings`` which notes are the separators, and nothing of endnotes, which went with the template's text.

    ``w:footnotePr`` has its place in the order of the schema.
    """
    for old in (*settings.findall(qn("w:footnotePr")), *settings.findall(qn("w:endnotePr"))):
        settings.remove(old)
    new = parse_xml(_FOOTNOTES.replace("<w:footnotePr>", f'<w:footnotePr xmlns:w="{W}">', 1))
    following = (child for child in settings if etree.QName(child).localname in _AFTER_FOOTNOTES)
    if (successor := next(following, None)) is not None:
        successor.addprevious(new)
    else:
        settings.append(new)
