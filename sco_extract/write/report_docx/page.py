"""Pages: paper, margins, character grid, sections on their side, page numbers."""

from __future__ import annotations

from docx.enum.section import WD_ORIENTATION, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.section import Section, _Footer
from docx.shared import Mm

from sco_extract.write.report_docx import form
from sco_extract.write.report_docx.house import House
from sco_extract.write.report_docx.runs import field_xml, run_xml
from sco_extract.write.report_docx.styles import W

# What may stand after w:docGrid in w:sectPr.
_AFTER_GRID = frozenset({qn("w:printerSettings"), qn("w:sectPrChange")})


def set_up(house: House) -> None:
    """Paper, margins and grid of the first section, and its page numbers; a template keeps its own."""
    if not house.own:
        return
    section = house.word.sections[-1]
    section._sectPr.attrib.clear()  # revision ids of python-docx's start file
    _shape(section, house.page)
    _grid(section)
    house.word.settings.odd_and_even_pages_header_footer = True
    _number(section.footer, house.styles["footer"])
    _number(section.even_page_footer, house.styles["footer_even"])


def turn(house: House, *, landscape: bool) -> None:
    """Begin a section on a new page, on its side or upright; page numbers run on."""
    section = house.word.add_section(WD_SECTION.NEW_PAGE)
    _shape(section, house.landscape if landscape else house.page)
    _join_break(house)


def _join_break(house: House) -> None:
    """Let the last paragraph carry the section break, not an empty one, which could take a page of its own."""
    carrier = house.word.element.body.xpath("./w:p[w:pPr/w:sectPr]")[-1]
    before = carrier.getprevious()
    if before is None or before.tag != qn("w:p") or before.xpath("./w:pPr/w:sectPr"):
        return
    before.get_or_add_pPr().append(carrier.pPr.find(qn("w:sectPr")))
    carrier.getparent().remove(carrier)


def _shape(section: Section, page: form.Page) -> None:
    section.orientation = WD_ORIENTATION.LANDSCAPE if page.width > page.height else WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.top_margin, section.right_margin = Mm(page.top), Mm(page.right)
    section.bottom_margin, section.left_margin = Mm(page.bottom), Mm(page.left)
    section.header_distance, section.footer_distance, section.gutter = Mm(page.header), Mm(page.footer), Mm(0)


def _grid(section: Section) -> None:
    """22 lines a page (the characters of a line: see form.CLOSER); a section that follows takes it over."""
    element = section._sectPr
    for old in element.findall(qn("w:docGrid")):
        element.remove(old)
    pitch = round(form.LINE * form.TWIPS_PER_POINT)
    grid = parse_xml(
        f'<w:docGrid xmlns:w="{W}" w:type="lines" w:linePitch="{pitch}" w:charSpace="{form.CHARACTER_SPACE}"/>'
    )
    following = next((child for child in element if child.tag in _AFTER_GRID), None)
    if following is None:
        element.append(grid)
    else:
        following.addprevious(grid)


def _number(footer: _Footer, style: str) -> None:
    """— 1 — as the only line of ``footer``."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]._p
    for child in list(paragraph):
        paragraph.remove(child)
    paragraph.attrib.clear()  # revision ids of python-docx's own footer
    paragraph.style = style
    for piece in (run_xml("— "), *field_xml("PAGE", run_xml("1")), run_xml(" —")):
        paragraph.append(parse_xml(piece))
