"""Characters that PDF fonts give back in the place of ordinary ones."""

from __future__ import annotations

import re
import unicodedata

# Simplified radicals of the block U+2E80, from Unicode's EquivalentUnifiedIdeograph.txt; NFKC leaves them alone.
_RADICALS = str.maketrans(
    "⺅⺌⺎⺒⺓⺔⺗⺙⺛⺝⺟⺠⺡⺢⺤⺦⺧⺨⺪⺫⺬⺭⺮⺰⺱⺳⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "亻小兀巳幺彑心攵旡月母民氵氺爫丬牛犭疋罒示礻竹纟罓网罒羊羊羋耂肀聿肉臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食飠飠饣首马骨鬼鱼鸟鹵麦黄黾斉齐歯齿竜龙龜亀龟",
)
# Kangxi radicals, compatibility ideographs, Latin ligatures: each has a plain equivalent that a reader means.
_COMPATIBILITY = re.compile("[\u2f00-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")
_ODD = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")


def fold_forms(text: str) -> str:
    """``text`` with radicals (⼀, ⻓), compatibility ideographs and ligatures (ﬁ) as the characters they stand for."""
    if not _ODD.search(text):
        return text
    return _COMPATIBILITY.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text.translate(_RADICALS))
