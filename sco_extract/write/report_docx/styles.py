"""The styles of the form ``gbt9704``: one row each, from which ``styles.xml`` is made; a template gets those it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from sco_extract.write.report_docx import form
from sco_extract.write.report_docx.form import CHARACTER, TWIPS_PER_POINT
from sco_extract.write.wording import label, labels

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True, slots=True)
class Style:
    """A style: what it is for (role), Word's id and name, and its properties as XML in the schema's order."""

    role: str
    id: str
    name: str
    kind: str = "paragraph"
    based_on: str = "Normal"
    paragraph: str = ""
    font: str = ""  # group of fonts.toml, '' inherits
    size: float = 0.0  # points, 0 inherits
    run: str = ""  # properties after w:sz
    after: str = ""  # id of the style of the next paragraph


def _line(points: float, *, before: float = 0, after: float = 0) -> str:
    """Exact line spacing in points; ``before`` and ``after`` in points."""
    edges = f'w:before="{round(before * 20)}" w:after="{round(after * 20)}"'
    return f'<w:spacing {edges} w:line="{round(points * TWIPS_PER_POINT)}" w:lineRule="exact"/>'


def _first(characters: int, size: float = form.BODY) -> str:
    """A first line indented by ``characters``; the twips are for programs that do not count characters."""
    width = CHARACTER if size == form.BODY else round(size * TWIPS_PER_POINT)
    return f'<w:ind w:firstLineChars="{characters * 100}" w:firstLine="{characters * width}"/>'


_NO_FIRST = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
_OFF_GRID = '<w:snapToGrid w:val="0"/>'
_BODY = _line(form.LINE)
_ANNEX_LEFT = 5 * CHARACTER + 240  # 附件：1. = two characters of indent, three of the label, 12 pt of number and dot


def _level(number: int) -> str:
    return f'<w:outlineLvl w:val="{number}"/>'


def _heading(level: int) -> str:
    return f'<w:keepNext/><w:keepLines/>{_BODY}{_first(2)}<w:jc w:val="left"/>{_level(level)}'


def _attachment(hanging: int, before: float = 0) -> str:
    indent = f'<w:ind w:left="{_ANNEX_LEFT}" w:firstLineChars="0" w:hanging="{hanging}"/>'
    return f'{_line(form.LINE, before=before)}{indent}<w:jc w:val="left"/>'


def _toc(left: int) -> str:
    tab = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{form.twips(form.PAGE.text_width)}"/></w:tabs>'
    hang = f'<w:ind w:left="{left}" w:firstLineChars="0" w:firstLine="0"/>'
    return f'{tab}{_OFF_GRID}{_line(form.CONTENTS_LINE)}{hang}<w:jc w:val="left"/>'


def _number_line(side: str, edge: str) -> str:
    width = round(form.NUMBER * TWIPS_PER_POINT)
    return f'{_OFF_GRID}{_line(form.NUMBER)}<w:ind w:{edge}Chars="100" w:{edge}="{width}"/><w:jc w:val="{side}"/>'


_SMALL = f"{_OFF_GRID}{_line(form.TABLE_LINE)}{_NO_FIRST}"
_HEAD_LINES = _line(form.TABLE_LINE, before=2, after=2)
_SOURCE_LINES = f'{_OFF_GRID}{_line(form.NOTE_LINE)}<w:ind w:left="420" w:firstLineChars="0" w:hanging="420"/>'
_NOTE_LINES = f'{_OFF_GRID}{_line(form.NOTE_LINE)}{_NO_FIRST}<w:jc w:val="left"/>'
_FIGURE_LINES = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
_CENTRED = '<w:jc w:val="center"/>'
_TEXT = "BodyTextFirstIndent"
_SONG, _HEI, _KAI, _FANG, _TITLE = (f"report_font_{name}" for name in ("song", "hei", "kai", "body", "title"))

STYLES: tuple[Style, ...] = (
    Style(
        "normal",
        "Normal",
        "Normal",
        based_on="",
        paragraph=f'<w:widowControl/><w:overflowPunct w:val="0"/>{_BODY}<w:jc w:val="both"/>',
        font=_FANG,
        size=form.BODY,
    ),
    Style(
        "title",
        "Title",
        "Title",
        paragraph=f"<w:keepNext/><w:keepLines/>{_OFF_GRID}{_line(form.TITLE_LINE)}{_CENTRED}",
        font=_TITLE,
        size=form.TITLE,
        after="Subtitle",
    ),
    Style("subtitle", "Subtitle", "Subtitle", paragraph=f"{_BODY}{_CENTRED}", font=_KAI, size=form.BODY),
    Style("heading1", "Heading1", "heading 1", paragraph=_heading(0), font=_HEI, size=form.BODY, after=_TEXT),
    Style("heading2", "Heading2", "heading 2", paragraph=_heading(1), font=_KAI, size=form.BODY, after=_TEXT),
    Style("heading3", "Heading3", "heading 3", paragraph=_heading(2), font=_FANG, size=form.BODY, after=_TEXT),
    Style("heading4", "Heading4", "heading 4", paragraph=_heading(3), font=_FANG, size=form.BODY, after=_TEXT),
    Style("body", "BodyTextFirstIndent", "Body Text First Indent", paragraph=_first(2)),
    Style(
        "addressee", "ReportAddressee", "Report Addressee", paragraph='<w:keepNext/><w:jc w:val="left"/>', after=_TEXT
    ),
    Style(
        "contents",
        "TOCHeading",
        "TOC Heading",
        paragraph=f"<w:keepNext/>{_line(form.LINE, before=14, after=6)}{_CENTRED}",
        font=_HEI,
        size=form.BODY,
    ),
    Style("toc1", "TOC1", "toc 1", paragraph=_toc(0), size=form.NUMBER),
    Style(
        "attachment_first",
        "ReportAttachmentFirst",
        "Report Attachment First",
        paragraph=f"<w:keepNext/><w:keepLines/>{_attachment(3 * CHARACTER + 240, before=form.LINE)}",
    ),
    Style(
        "attachment",
        "ReportAttachment",
        "Report Attachment",
        paragraph=f"<w:keepNext/><w:keepLines/>{_attachment(240)}",
    ),
    Style(
        "signature",
        "ReportSignature",
        "Report Signature",
        paragraph=f'<w:keepNext/><w:keepLines/>{_line(form.LINE, before=form.LINE)}<w:jc w:val="right"/>',
    ),
    Style("date", "ReportDate", "Report Date", paragraph='<w:keepLines/><w:jc w:val="right"/>'),
    Style(
        "annex",
        "ReportAnnex",
        "Report Annex",
        paragraph=f'<w:keepNext/><w:pageBreakBefore/>{_line(form.LINE, after=14)}<w:jc w:val="left"/>',
        font=_HEI,
        after="ReportAnnexTitle",
    ),
    Style(
        "annex_title",
        "ReportAnnexTitle",
        "Report Annex Title",
        paragraph=f"<w:keepNext/><w:keepLines/>{_OFF_GRID}{_line(form.TITLE_LINE, after=14)}{_CENTRED}{_level(0)}",
        font=_TITLE,
        size=form.TITLE,
        after=_TEXT,
    ),
    Style(
        "caption",
        "Caption",
        "caption",
        paragraph=f"<w:keepNext/>{_OFF_GRID}{_line(18, before=6, after=4)}{_CENTRED}",
        font=_HEI,
        size=12,
    ),
    Style("figure", "ReportFigure", "Report Figure", paragraph=f"<w:keepNext/>{_OFF_GRID}{_FIGURE_LINES}{_CENTRED}"),
    Style(
        "figure_note",
        "ReportFigureNote",
        "Report Figure Note",
        paragraph=f"{_OFF_GRID}{_line(form.TABLE_LINE, after=6)}{_CENTRED}",
        font=_KAI,
        size=form.TABLE,
    ),
    Style(
        "table_head",
        "ReportTableHead",
        "Report Table Head",
        paragraph=f"<w:keepNext/>{_OFF_GRID}{_HEAD_LINES}{_CENTRED}",
        font=_HEI,
        size=form.TABLE,
    ),
    Style(
        "table_text", "ReportTableText", "Report Table Text", paragraph=f'{_SMALL}<w:jc w:val="left"/>', size=form.TABLE
    ),
    Style("spacer", "ReportSpacer", "Report Spacer", paragraph=f"{_OFF_GRID}{_line(6)}{_NO_FIRST}", size=1),
    Style(
        "sources",
        "ReportSourcesHead",
        "Report Sources Head",
        paragraph=f"<w:keepNext/>{_line(form.LINE, before=12)}",
        font=_HEI,
        size=12,
    ),
    Style("source", "ReportSource", "Report Source", paragraph=f'{_SOURCE_LINES}<w:jc w:val="left"/>', size=form.NOTE),
    Style("footer", "Footer", "footer", paragraph=_number_line("right", "right"), font=_SONG, size=form.NUMBER),
    Style(
        "footer_even",
        "ReportFooterEven",
        "Report Footer Even",
        based_on="Footer",
        paragraph='<w:ind w:leftChars="100" w:left="280" w:rightChars="0" w:right="0"/><w:jc w:val="left"/>',
    ),
    Style("footnote_text", "FootnoteText", "footnote text", paragraph=_NOTE_LINES, size=form.NOTE),
    Style(
        "comment_text",
        "CommentText",
        "annotation text",
        paragraph=f"{_OFF_GRID}{_line(form.TABLE_LINE)}",
        size=form.TABLE,
    ),
    Style(
        "footnote_mark",
        "FootnoteReference",
        "footnote reference",
        "character",
        "",
        run='<w:vertAlign w:val="superscript"/>',
    ),
    Style("comment_mark", "CommentReference", "annotation reference", "character", "", size=form.TABLE),
    Style(
        "source_mark",
        "ReportSourceMark",
        "Report Source Mark",
        "character",
        "",
        run='<w:vertAlign w:val="superscript"/>',
    ),
)

_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
    '<w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="85" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)
_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
GRID = (
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
    f'<w:uiPriority w:val="39"/><w:tblPr><w:tblBorders>{_EDGES}</w:tblBorders></w:tblPr></w:style>'
)
_DEFAULT_CHARACTER = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
    '<w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
)


def by_role(styles: tuple[Style, ...] = STYLES) -> Mapping[str, str]:
    """Style ids by role."""
    return {style.role: style.id for style in styles} | {"table": "TableGrid"}


def style_xml(style: Style, *, fonts: bool = True, base: str | None = None) -> str:
    """``w:style``; without ``fonts`` it inherits the face; ``base`` replaces the style it is based on (and then none is next)."""
    based = style.based_on if base is None or not style.based_on else base
    default = ' w:default="1"' if style.role == "normal" else ""
    custom = ' w:customStyle="1"' if style.id.startswith("Report") else ""
    head = [f"<w:name w:val={quoteattr(style.name)}/>"]
    head += [f'<w:basedOn w:val="{based}"/>'] if based else []
    head += [f'<w:next w:val="{style.after}"/>'] if style.after and base is None else []
    head += ["<w:qFormat/>"] if style.role in {"normal", "title", "heading1", "heading2", "heading3", "body"} else []
    paragraph = f"<w:pPr>{style.paragraph}</w:pPr>" if style.paragraph else ""
    inside = _run_properties(style, fonts)
    run = f"<w:rPr>{inside}</w:rPr>" if inside else ""
    namespace = f'xmlns:w="{W}" w:type="{style.kind}"'
    return f'<w:style {namespace}{default}{custom} w:styleId="{style.id}">{"".join(head)}{paragraph}{run}</w:style>'


def _run_properties(style: Style, fonts: bool) -> str:
    face = _fonts(label(style.font)) if style.font and fonts else ""
    grid = '<w:snapToGrid w:val="0"/>' if _OFF_GRID in style.paragraph else ""
    half = round(style.size * 2)
    size = f'<w:spacing w:val="{_spacing(style)}"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/>' if half else ""
    return f"{face}{grid}{size}{style.run}"


def _spacing(style: Style) -> int:
    """The body's type is set closer, so that a line has its 28 characters; other sizes are set as they are."""
    return form.CLOSER if style.size == form.BODY else 0


def _fonts(east_asian: str) -> str:
    latin = quoteattr(label("report_font_latin"))
    return f"<w:rFonts w:ascii={latin} w:hAnsi={latin} w:eastAsia={quoteattr(east_asian)} w:cs={latin}/>"


def styles_xml() -> str:
    """The whole ``styles.xml``."""
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(label(_FANG))}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    )
    rows = "".join(style_xml(style) for style in STYLES)
    return f'<w:styles xmlns:w="{W}">{defaults}{rows}{_DEFAULT_CHARACTER}{_TABLE}{GRID}</w:styles>'


def font_table_xml() -> str:
    """``fontTable.xml``: each face with the faces that may stand in for it."""
    rows: dict[str, str] = {}
    for group in (_TITLE, _FANG, _KAI, _HEI, _SONG):
        name, *others = labels(group)
        rows[name] = (
            f"<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(','.join(others))}/>"
            '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        )
    latin, *others = labels("report_font_latin")
    rows[latin] = (
        f"<w:font w:name={quoteattr(latin)}><w:altName w:val={quoteattr(','.join(others))}/>"
        '<w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    )
    return f'<w:fonts xmlns:w="{W}">{"".join(rows.values())}</w:fonts>'
