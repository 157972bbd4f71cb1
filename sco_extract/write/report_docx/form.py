"""The measures of a house's form; ``GBT9704`` after GB/T 9704-2012 (party and government documents: layout)."""

from __future__ import annotations

import math
from dataclasses import dataclass

# 1 inch = 25.4 mm = 1440 twips (twentieths of a point).
TWIPS_PER_MM = 1440 / 25.4
TWIPS_PER_POINT = 20


def twips(millimetres: float) -> int:
    """Millimetres as whole twips."""
    return round(millimetres * TWIPS_PER_MM)


@dataclass(frozen=True, slots=True)
class Page:
    """A page in millimetres; ``header`` and ``footer`` are their distances from the paper's edge."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    header: float
    footer: float

    @property
    def text_width(self) -> float:
        """Width of the type area."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        """Height of the type area."""
        return self.height - self.top - self.bottom

    def turned(self, footer: float) -> Page:
        """The page on its side: what was the binding edge (left) is on top, its other edges follow."""
        return Page(
            self.height, self.width, self.left, self.top, self.right, self.bottom, header=self.header, footer=footer
        )


# Sizes in points: 2号 22, 3号 16, 4号 14 (GB/T 9704-2012, 5.2.2 and 7.3 to 7.5); 5号 10.5 and 小五号 9 for tables and notes are ours,
# the standard leaves them open.
TITLE, BODY, NUMBER, TABLE, NOTE = 22.0, 16.0, 14.0, 10.5, 9.0
LINE = 28.95  # exact line of the body: 22 lines in 225 mm (637.8 pt) with a rest of 0.9 pt
TITLE_LINE = 36.0  # exact line of a title, 1.6 of its size
TABLE_LINE, NOTE_LINE, CONTENTS_LINE = 14.0, 12.0, 21.0  # a title of three lines and 20 entries share a page
LINES, CHARACTERS = 22, 28  # of a page, of a line (5.2.3)

# 5.2.1: A4, top 37 ± 1, left 28 ± 1, type area 156 × 225. 7.5: the dash of the page number stands 7 mm below the type area;
# a 14 pt line has it in its middle (2.5 mm), so the line ends 9.5 mm below.
PAGE = Page(210, 297, top=37, right=26, bottom=35, left=28, header=15, footer=35 - 9.5)
LANDSCAPE = PAGE.turned(footer=26 - 9.5)

# 156 mm are 27.6 characters of 16 pt. 28 need a pitch of 15.79 pt: 5 twips less than the size is the first whole number below.
# The type itself is set closer (w:spacing), for LibreOffice 7.4 gives each character two cells where w:charSpace makes the
# cells of a grid of characters narrower than the type. w:charSpace (4096ths of a point) is stated for who switches it on.
PITCH = PAGE.text_width / 25.4 * 72 / CHARACTERS
CLOSER = math.floor((PITCH - BODY) * TWIPS_PER_POINT)
CHARACTER_SPACE = round((PITCH - BODY) * 4096)
CHARACTER = round(BODY * TWIPS_PER_POINT) + CLOSER  # a character of the body as it is set, in twips
