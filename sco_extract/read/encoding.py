"""Bytes -> text: which encoding a Chinese text is in, and how sure that is.

The order is: byte order mark, UTF-16 by its zero bytes, strict UTF-8, and then a score of the remaining candidates by how
many of their characters are among the most common ones. A wrong decoding gives characters spread over the whole
repertoire; in a right one about nine of ten Chinese characters are common, even in ten characters of text.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from sco_extract.model.diagnostics import Diagnostic, ReadError, Severity
from sco_extract.model.span import Span
from sco_extract.normalize.script import simplify

# The 700 most frequent characters by the word frequencies of jieba's dictionary (MIT); they make up 86 to 92 per cent of
# the Chinese characters of official documents in either script (five documents, traditional ones converted first).
COMMON = (
    "一是人了不在有大中国和为这上他个地年来我会以到时要出的生学说道民家子也成行下们于后就发自之对得主长可过天作分方用多你着部能市等业全里工公经本都而高政法面门动日进区事代那去心小同北定开产前其军还然起种所"
    "如现理机体表力好外与文当两实重新三么只山水关明从化平建又制南内西没此将员名手最东头者月间无安看见各城十相但已些正口通想度加第她合院物性战由位常点海意场武使次二向治因立数样身情入原问把路被并利石老教万知"
    "量级任江及应省资委务元美特期世湖回系比气汉总展电科金先声提品设或义王社很统处四首共马形己儿司太目基领队直计别女权话少流命至报米给打变果书清活几州华解议更称程今决张导术府才保交放管结师便走达族反再题色五"
    "京河接条规式县白它改风光运信受什组听布百济党指论强做取技黄神选记斯真却职号界件花类何眼兵传带空干农边据集联古广完质阳难增历史专官每住商即步认车台林必死游举线言皇土团收考求德叫近备研争非具李众连调感转笑"
    "革该持始英克士尔让拉思根格造较际亲单朝红型价校约器字段周亚深候则功属积快图火千准究往极育装许参半令吃观鱼精办像帝八复影告远群包整构料随划算象容示投势热值夫网望源息语股铁断派速怎需片爱律纪支早况病境证编"
    "越局推满且列觉服双未居除乐企引标确织初青志率项飞球节察龙响药站施均消客失轻存低甚般击曾防请离落显罗营足素视护副食创余照兴占巴虽洲村费易试星木黑左宝置跟央识维采六底宫房音环案批切斗富乡另倒若按查故突责严"
    "桥模仅胜杀围席态破承招杨负层须父供续状域似依银范修找九致密终血旅钱赛独细效玉冲获习医演毛尽脸弹楼艺航陆右协七攻镇检写苏宗章注阿抗弟坐验封紧劳户优财养适陈喜卫排射哥油刻留急降念云微伤例景拿绝阶座刘刚害印"
)
MARKS = "，。、；：？！（）《》〈〉“”‘’「」『』【】—…\u3000·〇ー０１２３４５６７８９％"

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "hz-gb-2312": "hz",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "cp950": "big5hkscs",
    "utf8": "utf-8",
    "unicode": "utf-16-le",
}
CANDIDATES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
SAMPLE = 40_000  # bytes that are scored: the choice of encoding is settled long before
MAX_BAD_SHARE = 0.002  # bad bytes taken as damage of a file, not as a wrong choice; 2 in a page of 1,000 bytes
ALWAYS_BAD = 2  # bad bytes that even a short text may have
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
MAX_CONTROL_SHARE = 0.01  # control characters in a text: stray ones occur in old exports, one in a hundred is binary
READABLE = 0.85  # share of ASCII and Chinese characters in a text that may be UTF-16; the rest is Cyrillic, symbols
LEAST_SCORE = 0.15  # below this mean, no candidate reads as Chinese (random bytes reach 0.05)
LONG = 100  # bytes beyond ASCII from which on the mean is that of the language, not of a few words
LEAST_LONG_SCORE = 0.5  # for long texts: official ones reach 0.86, half a text in another encoding 0.4


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file without its byte order mark, the encoding's Python name, and how sure that is (0 to 1)."""

    text: str
    encoding: str
    confidence: float
    diagnostics: tuple[Diagnostic, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode ``data``; ``declared`` is the encoding that the file itself names (HTML), used where the bytes allow it.

    Raises ``ReadError``: READ001 for no bytes, READ004 for binary data, READ005 where no encoding fits.
    """
    if not data:
        raise ReadError("READ001", "the file is empty (0 bytes): export or download it again")
    for mark, name in BOMS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], name, 1.0)
    wide = _wide_by_zeros(data)
    if wide:
        return _lenient(data, wide, 0.99)
    if b"\0" in data[:SAMPLE] and data.count(b"\0") > max(ALWAYS_BAD, len(data) * MAX_BAD_SHARE):
        raise ReadError("READ004", "the file holds binary data, no text: save it as .docx, .pdf, .html or plain text")
    stated = _known(declared)
    if stated and stated != "utf-8":
        text = _strict(data, stated)
        if text is not None and (data.isascii() or _score(text) > LEAST_SCORE):
            return _checked(Decoded(text, stated, 0.95))
    text = _strict(data, "utf-8")
    if text is not None:
        return _checked(_judge_utf8(data, text))
    return _guess(data, stated)


def _known(declared: str | None) -> str | None:
    if not declared:
        return None
    name = declared.strip().strip("\"'").lower()
    try:
        return ALIASES.get(name) or codecs.lookup(name).name
    except LookupError:
        return None


def _wide_by_zeros(data: bytes) -> str | None:
    """UTF-16 without a mark: zero bytes (of ASCII characters, or of 一 and the ideographic space) in readable text."""
    head = data[:SAMPLE]
    if b"\0" not in head:
        return None
    best: tuple[float, str] | None = None
    for name in ("utf-16-le", "utf-16-be"):
        text, bad = _decode_head(head[: len(head) & ~1], name)
        plain = sum(1 for character in text if " " <= character <= "~" or character in "\r\n\t")
        share = (plain + _chinese(text)) / max(1, len(text))
        if share > READABLE and bad <= ALWAYS_BAD and (plain == len(text) or _score(text) > LEAST_SCORE):
            best = max(best or (0.0, ""), (share + _score(text), name))
    return best[1] if best else None


def _judge_utf8(data: bytes, text: str) -> Decoded:
    """Valid UTF-8 is UTF-8, except for a few short texts in UTF-16 whose bytes happen to be ASCII."""
    if data.isascii() and len(data) % 2 == 0 and len(data) >= 8 and (CONTROL.search(text) or b" " not in data):
        for name in ("utf-16-le", "utf-16-be"):
            wide = _strict(data, name)
            if wide is not None and _chinese(wide) == len(wide) and _score(wide) > 0.5:
                return Decoded(wide, name, 0.7)
    return Decoded(text, "utf-8", 1.0 if not data.isascii() else 0.99)


def _guess(data: bytes, declared: str | None) -> Decoded:
    head = data[:SAMPLE]
    scores: list[tuple[float, str]] = []
    for name in CANDIDATES:
        if name.startswith("utf-16") and len(data) % 2:
            continue
        text, bad = _decode_head(head, name)
        if bad <= max(ALWAYS_BAD, len(head) * MAX_BAD_SHARE):
            scores.append((_score(text) - 3 * bad / max(1, len(text)), name))
    text, bad = _decode_head(head, "utf-8")
    if bad <= max(ALWAYS_BAD, len(head) * MAX_BAD_SHARE):
        scores.append((_score(text), "utf-8"))
    scores.sort(key=lambda pair: (-pair[0], pair[1] != declared, pair[1]))
    long = len(head.translate(None, bytes(range(128)))) >= LONG
    if not scores or scores[0][0] < (LEAST_LONG_SCORE if long else LEAST_SCORE):
        raise ReadError(
            "READ005",
            "the bytes are no Chinese text in UTF-8, GB18030, Big5 or UTF-16: save the file as UTF-8 text, "
            "or check that it was downloaded completely",
        )
    best = scores[0][0]
    second = max(0.0, scores[1][0]) if len(scores) > 1 else 0.0
    return _lenient(data, scores[0][1], round(min(0.99, 0.5 + 0.5 * (best - second) / max(best, 0.01)), 2))


def _decode_head(head: bytes, name: str) -> tuple[str, int]:
    """The sample's text and the number of bad places, not counting a character that the sample's end cuts."""
    decoder = codecs.getincrementaldecoder(name)("replace")
    text = decoder.decode(head)
    return text, text.count("\ufffd")


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _lenient(data: bytes, name: str, confidence: float) -> Decoded:
    """Decode with U+FFFD for the few bad bytes, each run of them said in a diagnostic; ``ReadError`` if there are many."""
    text = _strict(data, name)
    if text is not None:
        return _checked(Decoded(text, name, confidence))
    text = data.decode(name, "replace")
    places = [match.span() for match in re.finditer("\ufffd+", text)]
    bad = sum(end - start for start, end in places)
    if bad > max(ALWAYS_BAD, len(data) * MAX_BAD_SHARE):
        raise ReadError(
            "READ005",
            f"the file looks like {name} but {bad} of its bytes are not: it is damaged or mixed; save it again as UTF-8",
        )
    notes = tuple(
        Diagnostic("ENC001", Severity.WARNING, f"bytes that are no {name}, shown as U+FFFD", Span(*place))
        for place in places
    )
    return _checked(Decoded(text, name, round(confidence * 0.9, 2), notes))


def _checked(decoded: Decoded) -> Decoded:
    text = decoded.text
    controls = len(CONTROL.findall(text[:SAMPLE]))
    if controls > max(ALWAYS_BAD, len(text[:SAMPLE]) * MAX_CONTROL_SHARE):
        raise ReadError("READ004", "the file holds binary data, no text: save it as .docx, .pdf, .html or plain text")
    return decoded


@cache
def _weights() -> dict[str, float]:
    weights = dict.fromkeys(COMMON, 1.0)
    weights.update(dict.fromkeys(MARKS, 0.6))
    return weights


def _chinese(text: str) -> int:
    return sum(1 for character in text if "\u4e00" <= character <= "\u9fff" or character in MARKS)


def _score(text: str) -> float:
    """The mean weight of the characters beyond ASCII: 1 common, 0 another ideograph, below 0 what texts do not have."""
    counts = Counter(simplify(text))
    weights = _weights()
    total = number = 0.0
    for character, count in counts.items():
        if character < "\x80" and not CONTROL.match(character):
            continue
        number += count
        total += count * weights.get(character, _rare(character))
    return total / number if number else 0.0


def _rare(character: str) -> float:
    if "\u4e00" <= character <= "\u9fff":
        return 0.0
    if "\u0400" <= character <= "\u045f" or "\u2010" <= character <= "\u2bff" or "\u3000" <= character <= "\u30ff":
        return 0.0
    if "\uff01" <= character <= "\uff5e" or "\u00a0" <= character <= "\u024f":
        return 0.0
    return -0.5  # private use, Hangul, rare ideographs: the sign of a wrong guess
