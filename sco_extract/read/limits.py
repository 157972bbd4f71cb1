"""How much of a stranger's file the readers are willing to take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds for one file; a reader that meets one raises ``ReadError`` and says which.

    The defaults are far above real official documents (the longest known to us has 300 pages, 400,000 characters and
    5 MB) and far below what stops a two-core machine with 4 GB.
    """

    max_bytes: int = 50_000_000  # a scan of 300 pages has 30 to 40 MB; more does not fit twice into memory comfortably
    max_unpacked_bytes: int = 300_000_000  # all parts of a zip together; lxml takes about five times a part's size
    max_part_bytes: int = 60_000_000  # one part that is parsed: document.xml of 400 pages has about 10 MB
    max_zip_ratio: int = 200  # unpacked : packed over the whole zip; Word's own XML stays below 30
    max_zip_entries: int = 10_000  # a document with 1,000 pictures has about 1,100 parts
    max_elements: int = 3_000_000  # XML or HTML elements; lxml takes about 300 bytes each
    max_depth: int = 250  # nested elements; Word nests tables to about 60, libxml2 refuses 256 itself
    max_pages: int = 3_000  # 0.02 to 0.3 seconds a page
    max_characters: int = 20_000_000  # 20 seconds of extraction at the promised million a second


LIMITS = Limits()
