"""Print a composed report as plain text, with what it rests on: for reading it aloud before it has a file format."""

from __future__ import annotations

import sys
from pathlib import Path

from sco_extract.compose.options import Options, Sections
from sco_extract.compose.report import compose
from sco_extract.compose.verify import unsupported
from sco_extract.lexicon.load import load
from sco_extract.model.draft import Draft, Section
from sco_extract.run.gather import Asking, gather
from sco_extract.run.store import Store
from sco_extract.values.edtf import parse


def main() -> None:
    """``report_text.py FOLDER PLAN PERIOD [AGAINST]``."""
    folder, plan, period, *against = sys.argv[1:]
    draft = composed(Path(folder), plan, period, against[0] if against else "")
    print(
        "\n".join(draft.title),
        draft.submitted_by,
        draft.submitted_to,
        draft.period,
        draft.status,
        draft.made_on,
        sep="\n",
    )
    for section in (draft.introduction, *draft.sections):
        show(section)
    annexes(draft)
    bad = unsupported(draft, load())
    print(f"\nunsupported: {len(bad)}")
    for one in bad:
        print(one.sentence.text, one.what)


def composed(folder: Path, plan: str, period: str, against: str = "") -> Draft:
    """The draft of the records in ``folder``."""
    store, lexicon = Store(folder), load()
    value, other = parse(period), parse(against) if against else None
    assert value is not None
    asking = Asking(store.source(plan), value, value.latest or "", other)
    return compose(gather(store, asking, lexicon), Options(value, value.latest or "", Sections(), other), lexicon)


def show(section: Section) -> None:
    """A section, its notes below each paragraph where asked for by nobody."""
    print(f"\n## {section.heading}")
    for part in section.parts:
        if part.heading:
            print(f"（{part.heading}）")
        for paragraph in part.paragraphs:
            print(
                "    "
                + "".join(f"{one.text}[{len(one.citations)}{'?' * len(one.doubts)}]" for one in paragraph.sentences)
            )


def annexes(draft: Draft) -> None:
    """The annexes, a row a line."""
    for annex in draft.annexes:
        print(f"\n### {annex.heading}")
        for table in annex.tables:
            print(f"-- {table.caption} --")
            for row in table.rows:
                print(" | ".join(" ⏎ ".join(cell.lines) + "?" * len(cell.doubts) for cell in row))


if __name__ == "__main__":
    main()
