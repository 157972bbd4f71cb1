"""The mask's stand-ins for titles, brackets and quotations, and how ordinals are written."""

# One private-use character for each character of a title, bracket or quotation (passage.py).
TITLE, BRACKET, QUOTE = "\ue000", "\ue001", "\ue002"

ORDINAL = r"第\s?(?:[0-9]{1,4}|[〇零一二三四五六七八九十百]{1,6})\s?[次届轮场期]"
_NUMBER = r"(?:[0-9]{1,4}|[〇零一二三四五六七八九十百]{1,6})"
ORDINALS = rf"第{_NUMBER}[次届轮场期]?(?:[、和及与至]第?{_NUMBER}[次届轮场期]?){{1,8}}(?<=[次届轮场期])"
FIRST = r"首[次届场轮]"
