"""A checker for Word files: what ISO/IEC 29500-1 (transitional) demands of order, ids and relations, as far as we write it.

``problems(data)`` lists what a strict reader would stumble over. The sequences are those of the schema ``wml.xsd``; an element
with a sequence may have no other children than these, in this order.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

_RPR = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden "
    "color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish "
    "oMath rPrChange"
)
_PPR = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens "
    "kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
    "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle "
    "rPr sectPr pPrChange"
)
_SETTINGS = (
    "writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries displayBackgroundShape "
    "printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts embedSystemFonts saveSubsetFonts "
    "saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop "
    "hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState formsDesign attachedTemplate linkStyles "
    "stylePaneFormatFilter stylePaneSortMethod documentType mailMerge revisionView trackRevisions doNotTrackMoves "
    "doNotTrackFormatting documentProtection autoFormatOverride styleLockTheme styleLockQFSet defaultTabStop autoHyphenation "
    "consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle defaultTableStyle "
    "evenAndOddHeaders bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing "
    "drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery doNotUseMarginsForDrawingGridOrigin "
    "drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData noPunctuationKerning characterSpacingControl "
    "printTwoOnOne strictFirstAndLastChars noLineBreaksAfter noLineBreaksBefore savePreviewPicture doNotValidateAgainstSchema "
    "saveInvalidXml ignoreMixedContent alwaysShowPlaceholderText doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving "
    "saveThroughXslt showXMLTags alwaysMergeEmptyNamespace updateFields hdrShapeDefaults footnotePr endnotePr compat docVars rsids "
    "mathPr attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats doNotAutoCompressPictures forceUpgrade "
    "captions readModeInkLockDown smartTagType schemaLibrary shapeDefaults doNotEmbedSmartTags decimalSymbol listSeparator "
    "docId defaultImageDpi"
)
SEQUENCES: dict[str, str] = {
    "pPr": _PPR,
    "rPr": _RPR,
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders "
        "shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange"
    ),
    "tcPr": (
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark headers cellIns "
        "cellDel cellMerge tcPrChange"
    ),
    "sectPr": (
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols "
        "formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange"
    ),
    "style": (
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal "
        "personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr"
    ),
    "styles": "docDefaults latentStyles style",
    "docDefaults": "rPrDefault pPrDefault",
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tblCellMar": "top left start bottom right end",
    "font": "altName panose1 charset family notTrueType pitch sig embedRegular embedBold embedItalic embedBoldItalic",
    "sdt": "sdtPr sdtEndPr sdtContent",
    "docPartObj": "docPartGallery docPartCategory docPartUnique",
    "settings": _SETTINGS,
    "compat": (
        "useSingleBorderforContiguousCells wpJustification noTabHangInd noLeading spaceForUL noColumnBalance "
        "balanceSingleByteDoubleByteWidth noExtraLineSpacing doNotLeaveBackslashAlone ulTrailSpace doNotExpandShiftReturn "
        "spacingInWholePoints lineWrapLikeWord6 printBodyTextBeforeHeader printColBlack wpSpaceWidth showBreaksInFrames "
        "subFontBySize suppressBottomSpacing suppressTopSpacing suppressSpacingAtTopOfPage suppressTopSpacingWP suppressSpBfAfterPgBrk "
        "swapBordersFacingPages convMailMergeEsc truncateFontHeightsLikeWP6 mwSmallCaps usePrinterMetrics doNotSuppressParagraphBorders "
        "wrapTrailSpaces footnoteLayoutLikeWW8 shapeLayoutLikeWW8 alignTablesRowByRow forgetLastTabAlignment adjustLineHeightInTable "
        "autoSpaceLikeWord95 noSpaceRaiseLower doNotUseHTMLParagraphAutoSpacing layoutRawTableWidth layoutTableRowsApart "
        "useWord97LineBreakRules doNotBreakWrappedTables doNotSnapToGridInCell selectFldWithFirstOrLastChar applyBreakingRules "
        "doNotWrapTextWithPunct doNotUseEastAsianBreakRules useWord2002TableStyleRules growAutofit useFELayout useNormalStyleForList "
        "doNotUseIndentAsNumberingTabStop useAltKinsokuLineBreakRules allowSpaceOfSameStyleInTable doNotSuppressIndentation "
        "doNotAutofitConstrainedTables autofitToFirstFixedWidthCell underlineTabInNumList displayHangulFixedWidth splitPgBreakAndParaMark "
        "doNotVertAlignCellWithSp doNotBreakConstrainedForcedTable doNotVertAlignInTxbx useAnsiKerningPairs cachedColBalance compatSetting"
    ),
}
_ORDER = {name: {tag: index for index, tag in enumerate(tags.split())} for name, tags in SEQUENCES.items()}
_RUN_CONTENT = {
    "t",
    "tab",
    "br",
    "cr",
    "drawing",
    "fldChar",
    "instrText",
    "footnoteReference",
    "footnoteRef",
    "commentReference",
    "annotationRef",
    "separator",
    "continuationSeparator",
}
_JUSTIFIED = frozenset({"left", "right", "center", "both", "distribute"})


def w(tag: str) -> str:
    return f"{{{W}}}{tag}"


def problems(data: bytes) -> list[str]:
    """Everything wrong with the file; [] for a sound one."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name) for name in names}
    found = [f"{name} stands twice" for name, times in Counter(names).items() if times > 1]
    trees = {name: etree.fromstring(blob) for name, blob in parts.items() if name.endswith((".xml", ".rels"))}
    found += _package(parts, trees)
    for name, tree in trees.items():
        if name.startswith("word/") and name.endswith(".xml"):
            found += [f"{name}: {one}" for one in (*_order(tree), *_shape(tree), *_fields(tree))]
    found += _references(trees)
    return found


def _package(parts: dict[str, bytes], trees: dict[str, etree._Element]) -> Iterator[str]:
    types = trees["[Content_Types].xml"]
    defaults = {one.get("Extension", "").lower() for one in types.iter(f"{{{PACKAGE}/content-types}}Default")}
    overrides = {one.get("PartName", "").lstrip("/") for one in types.iter(f"{{{PACKAGE}/content-types}}Override")}
    for name in parts:
        if name != "[Content_Types].xml" and name not in overrides and name.rsplit(".", 1)[-1].lower() not in defaults:
            yield f"{name}: no content type"
    yield from (f"{name}: content type of a part that is not there" for name in overrides - set(parts))
    reached = {"[Content_Types].xml"}
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        reached.add(name)
        folder = posixpath.dirname(posixpath.dirname(name))
        ids = [relation.get("Id") for relation in tree]
        if len(set(ids)) < len(ids):
            yield f"{name}: an id stands twice"
        for relation in tree:
            target = relation.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            reached.add(path)
            if relation.get("TargetMode") != "External" and path not in parts:
                yield f"{name}: {target} is not there"
    yield from (f"{name}: nothing leads there" for name in sorted(set(parts) - reached))


def _order(tree: etree._Element) -> Iterator[str]:
    for element in tree.iter(*(w(name) for name in _ORDER)):
        order, last = _ORDER[etree.QName(element).localname], -1
        for child in element:
            name = etree.QName(child).localname
            if name not in order:
                yield f"{_where(element)} may not hold {name}"
                continue
            if order[name] < last:
                yield f"{_where(element)}: {name} comes too late"
            last = max(last, order[name])
        single = Counter(
            child.tag for child in element if etree.QName(element).localname in {"pPr", "rPr", "tblPr", "tcPr"}
        )
        yield from (f"{_where(element)}: {tag} stands {times} times" for tag, times in single.items() if times > 1)


def _shape(tree: etree._Element) -> Iterator[str]:
    for tag in ("pPr", "rPr", "tcPr", "trPr", "tblPr"):
        for element in tree.iter(w(tag)):
            before = element.getprevious()
            if etree.QName(element.getparent()).localname not in {"p", "r", "tc", "tr", "tbl"}:
                continue
            if before is not None and before.tag != w("tblPrEx"):
                yield f"{_where(element)} is not the first of its parent"
    yield from _tables(tree)
    yield from _body(tree)


def _tables(tree: etree._Element) -> Iterator[str]:
    for cell in tree.iter(w("tc")):
        if len(cell) == 0 or cell[-1].tag != w("p"):
            yield "a cell does not end with a paragraph"
    for table in tree.iter(w("tbl")):
        columns = len(table.findall(f"{w('tblGrid')}/{w('gridCol')}"))
        if any(len(row.findall(w("tc"))) != columns for row in table.findall(w("tr"))):
            yield "a row has other columns than its table"
        following = table.getnext()
        if following is None or following.tag != w("p"):
            yield "no paragraph after a table"


def _body(tree: etree._Element) -> Iterator[str]:
    for body in tree.iter(w("body")):
        if body[-1].tag != w("sectPr") or len(body.findall(w("sectPr"))) != 1:
            yield "the body does not end with its section"
    for run in tree.iter(w("r")):
        yield from (
            f"a run holds {c.tag}" for c in run if c.tag != w("rPr") and etree.QName(c).localname not in _RUN_CONTENT
        )
    yield from (f"jc {one.get(w('val'))}" for one in tree.iter(w("jc")) if one.get(w("val")) not in _JUSTIFIED)
    for one in tree.iter(
        w("ind"), w("spacing"), w("pgSz"), w("pgMar"), w("docGrid"), w("tblW"), w("tcW"), w("gridCol"), w("sz")
    ):
        for name, value in one.attrib.items():
            if etree.QName(name).localname not in {"lineRule", "type", "orient"} and not re.fullmatch(r"-?\d+", value):
                yield f"{_where(one)}: {name} is {value}"


def _fields(tree: etree._Element) -> Iterator[str]:
    """Fields begin, may be separated, and end; inside one another, never across."""
    open_fields: list[str] = []
    for mark in tree.iter(w("fldChar")):
        kind = mark.get(w("fldCharType"))
        if kind == "begin":
            open_fields.append("begin")
        elif not open_fields or (kind == "separate" and open_fields[-1] != "begin"):
            yield f"a field's {kind} without its begin"
        elif kind == "separate":
            open_fields[-1] = "separate"
        else:
            open_fields.pop()
    if open_fields:
        yield "a field does not end"


def _references(trees: dict[str, etree._Element]) -> Iterator[str]:
    document, styles = trees["word/document.xml"], trees["word/styles.xml"]
    known = [style.get(w("styleId")) for style in styles.iter(w("style"))]
    yield from (f"style {one} stands twice" for one, times in Counter(known).items() if times > 1)
    for name, tree in trees.items():
        for element in tree.iter(*(w(tag) for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"))):
            if element.get(w("val")) not in known:
                yield f"{name}: no style {element.get(w('val'))}"
        rels = trees.get(posixpath.join(posixpath.dirname(name), "_rels", f"{posixpath.basename(name)}.rels"))
        ids = {relation.get("Id") for relation in rels} if rels is not None else set()
        for element in tree.iter():
            for attribute, value in element.attrib.items():
                if attribute.startswith(f"{{{R}}}") and value not in ids:
                    yield f"{name}: no relation {value}"
    yield from _notes(document, trees.get("word/footnotes.xml"), "footnote")
    yield from _notes(document, trees.get("word/comments.xml"), "comment")
    bookmarks = [one.get(w("name"), "") for one in document.iter(w("bookmarkStart"))]
    ids = [one.get(w("id")) for one in document.iter(w("bookmarkStart"))]
    ends = [one.get(w("id")) for one in document.iter(w("bookmarkEnd"))]
    if len(set(bookmarks)) < len(bookmarks) or len(set(ids)) < len(ids) or sorted(ids) != sorted(ends):
        yield "bookmarks are not unique, or do not end"
    yield from (f"bookmark {one}" for one in bookmarks if not re.fullmatch(r"[A-Za-z_][0-9A-Za-z_]{0,39}", one))
    anchors = {link.get(w("anchor")) for link in document.iter(w("hyperlink"))}
    anchors |= {
        found for one in document.iter(w("instrText")) for found in re.findall(r"PAGEREF (\S+)", one.text or "")
    }
    yield from (f"no bookmark {anchor}" for anchor in sorted(anchors - set(bookmarks)))
    pictures = [one.get("id") for one in document.iter(f"{{{WP}}}docPr")]
    if len(set(pictures)) < len(pictures):
        yield "an id of a picture stands twice"


def _notes(document: etree._Element, part: etree._Element | None, kind: str) -> Iterator[str]:
    used = [one.get(w("id")) for one in document.iter(w(f"{kind}Reference"))]
    there = [one.get(w("id")) for one in part.iter(w(kind)) if not one.get(w("type"))] if part is not None else []
    if used and part is None:
        yield f"no part for {kind}s"
    if sorted(used) != sorted(there) or len(set(there)) < len(there):
        yield f"{kind}s called and {kind}s there are not the same"
    if kind == "comment":
        starts = sorted(one.get(w("id"), "") for one in document.iter(w("commentRangeStart")))
        if starts != sorted(one.get(w("id"), "") for one in document.iter(w("commentRangeEnd"))) or starts != sorted(
            used
        ):
            yield "ranges of comments do not match"


def _where(element: etree._Element) -> str:
    parent = element.getparent()
    return f"{etree.QName(parent).localname if parent is not None else ''}/{etree.QName(element).localname}"
