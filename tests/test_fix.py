"""Mending: what is changed, what is never changed, and that a second run finds nothing left."""

from __future__ import annotations

import io
import re
import stat
import tomllib
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import canonicalize

import pytest
from casefile import strip_marks
from click.testing import CliRunner, Result
from docx_builder import (
    Builder,
    control,
    deleted,
    field_parts,
    inserted,
    note_call,
    paragraph,
    row,
    run,
    table,
    text_box,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_extract.check.proof import Proof, proofread
from sco_extract.check.registry import BY_ID
from sco_extract.check.sheet import Sheet
from sco_extract.cli import main
from sco_extract.lexicon.load import load
from sco_extract.model.diagnostics import ReadError, WriteError
from sco_extract.model.records import Finding, SourceFile
from sco_extract.normalize import normalize
from sco_extract.pipeline import extract
from sco_extract.read import read
from sco_extract.run.fix import FIXES, Mended, apply, diff, mend, plan_fixes, replace_file

ROOT = Path(__file__).parent.parent
CORPUS = sorted(path for path in (ROOT / "corpus").iterdir() if path.suffix != ".toml")
SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
PROOF = Proof(frozenset(rule for rule, fix in FIXES.items() if fix != "none"), linked=True)
FAULTY = "各方同意,加强合作。"
MENDED = "各方同意，加强合作。"


def record_of(data: bytes, name: str) -> SourceFile:
    return extract(normalize(read(data, name)), load())


def mended(data: bytes, name: str, *, unsafe: bool = False) -> Mended:
    found = proofread(record_of(data, name), load(), PROOF)
    keys = [(one.rule, one.span.start, one.span.end) for one in found if one.span]
    return mend(data, name, keys, load(), PROOF, unsafe=unsafe)


def reasons(made: Mended) -> set[str]:
    return {one.reason for one in made.refused}


def values(record: SourceFile) -> Counter[str]:
    """What the records say, wherever they stand."""
    lists = (record.dates, record.documents, record.meetings, record.actions, record.participants)
    return Counter(one.model_dump_json(exclude={"span", "mentions"}) for some in lists for one in some)


def cases() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "tests/cases").glob("validate_*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            yield strip_marks(case["text"])[0], case.get("name", "case.txt")


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"", "gb18030"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_text_stays_byte_for_byte_but_for_the_edit(mark: bytes, encoding: str, end: str) -> None:
    text = f"  第一段，成员国代表出席会议。\t{end}{end}{FAULTY}{end}\u3000\u3000末段无误。"
    made = mended(mark + text.encode(encoding), "a.txt")
    assert made.data == mark + text.replace(FAULTY, MENDED).encode(encoding)


def test_big5_is_written_as_big5() -> None:
    text = "會議於臺北舉行,各方同意加強合作。\r\n與會代表就貿易問題交換意見。\r\n"
    made = mended(text.encode("big5hkscs"), "a.txt")
    assert made.data == text.replace(",", "，").encode("big5hkscs")


def test_bytes_that_are_no_text_are_not_lost() -> None:
    data = ("会议在北京举行。\n" * 40 + FAULTY + "\n").encode() + b"\xff\n"
    made = mended(data, "a.txt")
    assert made.data == data and reasons(made) == {"@fix_bytes:utf-8"}


@pytest.mark.parametrize(
    "text",
    [
        "会议通过《关于贸易,投资的声明》。",
        "主题为“互信,合作”。",
        "主題為「互信,合作」。",
        "会议通过《关于〈宪章,条约〉的声明》。",
        "主题为“互信,合作。",
        "会议就贸易,投资》交换意见。",
    ],
)
def test_safe_rules_leave_titles_and_quotations_alone(text: str) -> None:
    made = mended(f"{text}\n".encode(), "a.txt")
    assert made.data == f"{text}\n".encode()


def test_only_safe_rules_unless_asked() -> None:
    safe, unsafe = (
        name for kind in ("safe", "unsafe") for name in [next(r for r, fix in FIXES.items() if fix == kind)]
    )
    record = record_of(FAULTY.encode(), "a.txt")
    sheet = Sheet.of(record, load())
    at = FAULTY.index(",")
    span = sheet.span(at, at + 1)
    for rule, flag, edits in ((safe, False, 1), (unsafe, False, 0), (unsafe, True, 1), ("DAT201", True, 0)):
        one = Finding(rule=rule, severity="info", message="", source="a", span=span, fix="，")
        assert len(plan_fixes([one], sheet, unsafe=flag).edits) == edits


def test_of_two_edits_that_overlap_the_first_is_made() -> None:
    record = record_of("一二三四五六。".encode(), "a.txt")
    sheet = Sheet.of(record, load())

    def one(start: int, end: int, fix: str) -> Finding:
        return Finding(rule="PUN101", severity="info", message="", source="a", span=sheet.span(start, end), fix=fix)

    plan = plan_fixes([one(1, 4, "甲乙丙"), one(0, 2, "天地"), one(4, 5, "戊"), one(4, 5, "戊")], sheet)
    assert apply(record.text.encode(), record, plan.edits).data.decode() == "天地三四戊六。"


def test_markup_of_markdown_is_not_lost() -> None:
    text = "各方**同意**,加强`合作`。\n"
    made = mended(text.encode(), "a.md")
    assert made.data.decode().replace("，", ",") == text


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_word_keeps_runs_formatting_and_every_other_part() -> None:
    builder = Builder(footnotes={1: paragraph("脚注，无误。")}, headers=[paragraph("页眉")])
    builder.add(
        paragraph(run("各方同意", "<w:b/>"), run(",加强", "<w:i/>"), run("合作。", '<w:color w:val="FF0000"/>'))
    )
    builder.add(paragraph("会议通过声明。", note_call("footnote", 1)), table(row("措施,期限", "二〇二六年")))
    data = builder.build()
    made = mended(data, "a.docx")
    before, after = parts_of(data), parts_of(made.data)
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} == {"word/document.xml"}
    old, new = (canonicalize(parts["word/document.xml"].decode()) for parts in (before, after))
    assert new == old.replace(",", "，")
    assert MENDED in read(made.data, "a.docx").source


def test_an_edit_over_several_runs_keeps_each_ones_formatting() -> None:
    data = Builder().add(paragraph(run("会议于2024", "<w:b/>"), run(" ", "<w:i/>"), run("年7月4日举行。"))).build()
    made = mended(data, "a.docx")
    assert read(made.data, "a.docx").source == "会议于2024年7月4日举行。\n"
    xml = parts_of(made.data)["word/document.xml"].decode()
    assert '<w:rPr><w:b/></w:rPr><w:t xml:space="preserve">会议于2024</w:t>' in xml
    assert xml.count("<w:r>") == 3


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (paragraph("各方同意", inserted(run(",")), "加强合作。"), "@fix_touches_tracked"),
        (paragraph("各方同意", field_parts("REF x", run(",加强")), "合作。"), "@fix_touches_field"),
        (paragraph("正文无误。", text_box(paragraph(FAULTY))), "@fix_touches_twice"),
        (
            control(paragraph(FAULTY)).replace("<w:sdtPr>", '<w:sdtPr><w:dataBinding w:xpath="/x"/>'),
            "@fix_touches_bound",
        ),
        (paragraph("会议于2024 ", deleted("x"), "年7月4日举行。"), None),
    ],
)
def test_word_is_left_alone_where_somebody_else_is_at_work(content: str, reason: str | None) -> None:
    data = Builder().add(content).build()
    made = mended(data, "a.docx")
    if reason is None:  # the space stands before the deletion: nothing of it is touched
        assert "2024年" in read(made.data, "a.docx").source
        assert "<w:delText>x</w:delText>" in parts_of(made.data)["word/document.xml"].decode()
    else:
        assert made.data == data and reasons(made) == {reason}


def test_a_signed_word_file_is_left_alone() -> None:
    data = Builder(extra={"_xmlsignatures/sig1.xml": b"<x/>"}).add(FAULTY).build()
    made = mended(data, "a.docx")
    assert made.data == data and reasons(made) == {"@fix_signed"}


def test_a_damaged_part_beside_the_text_is_not_copied() -> None:
    data = bytearray(Builder(extra={"word/media/image1.png": b"picture" * 50}).add(FAULTY).build())
    at = data.index(b"word/media/image1.png") + len(b"word/media/image1.png")
    data[at + 3] ^= 0xFF
    made = mended(bytes(data), "a.docx")
    assert made.data == bytes(data) and reasons(made) == {"@fix_damaged"}


def test_strict_word_files_and_parts_in_utf16_are_mended() -> None:
    builder = Builder().add(paragraph(run("各方同意"), run(",加强合作。")))
    xml = builder.document_xml()
    strict = xml.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    wide = xml.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
    for part in (strict.encode(), wide):
        builder.extra = {"word/document.xml": part}
        made = mended(builder.build(), "a.docx")
        assert read(made.data, "a.docx").source == f"{MENDED}\n"


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.sampled_from(["会议于", "2024", " ", "年", "7月4日", ",", "(", "合作", ")", "《", "》", "。", "“", "”"]),
        max_size=25,
    )
)
def test_word_and_text_are_mended_alike(pieces: list[str]) -> None:
    text = "会议" + "".join(pieces) + "完"
    data = Builder().add(paragraph(run("会议"), *(run(piece) for piece in pieces), run("完"))).build()
    assert read(mended(data, "a.docx").data, "a.docx").source == mended(f"{text}\n".encode(), "a.txt").after


def page(inside: str) -> bytes:
    return (
        "<!DOCTYPE html>\n<html><head><meta charset='utf-8'><title>公报,样例</title><style>p{a:b,c}</style></head>"
        f"<body><!-- 各方同意,加强 --><article><h1>会议新闻公报</h1>\r\n{inside}\n<p>会议回顾了有关文件的落实情况。</p>"
        "</article></body></html>"
    ).encode()


def test_a_page_is_changed_in_place_only() -> None:
    data = page(f"<p class='a'>  {FAULTY}</p>")
    assert mended(data, "a.html").data == data.replace(FAULTY.encode(), MENDED.encode())


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        (f"<p>{FAULTY}</p><div><p>{FAULTY}</p></div>", "@fix_more_than_once"),
        ("<p>各方同意&#44;加强合作。</p>", "@fix_markup"),
    ],
)
def test_a_page_is_left_alone_where_its_text_is_not_as_it_is_read(inside: str, reason: str) -> None:
    data = page(inside)
    made = mended(data, "a.html")
    assert made.data == data and reason in reasons(made)


def test_a_pdf_is_never_changed() -> None:
    path = ROOT / "corpus/leaflet_lancang_mekong.pdf"
    made = mended(path.read_bytes(), path.name, unsafe=True)
    assert made.data == path.read_bytes() and reasons(made) <= {"@fix_pdf"}


@pytest.mark.parametrize("unsafe", [False, True])
@pytest.mark.parametrize("path", [*CORPUS, *SEEDS], ids=lambda path: path.name[:20])
def test_a_second_run_finds_nothing_left_and_values_stay(path: Path, unsafe: bool) -> None:
    data = path.read_bytes()
    once = mended(data, path.name, unsafe=unsafe)
    twice = mended(once.data, path.name, unsafe=unsafe)
    assert twice.data == once.data and not twice.done
    if not unsafe:
        before, after = (values(record_of(content, path.name)) for content in (data, once.data))
        # The final mark that a measure lacked is the one fault whose mending shows in a value.
        assert sorted(one.replace("。", "") for one in (before - after).elements()) == sorted(
            one.replace("。", "") for one in (after - before).elements()
        )


@pytest.mark.parametrize("unsafe", [False, True])
def test_a_second_run_finds_nothing_left_in_the_cases(unsafe: bool) -> None:
    left = []
    for text, name in cases():
        once = mended(text.encode(), name, unsafe=unsafe)
        twice = mended(once.data, name, unsafe=unsafe)
        if twice.done:
            left.append((text, [one.rule for one in twice.done]))
    assert left == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([*'会议在北京举行年月日20245，,。.;:()（）《》“”、 \n\r\u3000"-—上合组织']), max_size=60)
)
def test_whatever_the_text_a_second_run_finds_nothing_left(marks: list[str]) -> None:
    text = "".join(marks)
    try:
        once = mended(text.encode(), "a.txt")
    except ReadError:
        return
    twice = mended(once.data, "a.txt")
    assert twice.data == once.data


HALF_WIDTH = str.maketrans("，（）", ",()")
GUARDED = re.compile("《[^》]*》|“[^”]*”|「[^」]*」")


def faulty(path: Path) -> bytes:
    """A sample with its commas and brackets in half width."""
    data = path.read_bytes()
    if path.suffix != ".docx":
        encoding = record_of(data, path.name).source.encoding or "utf-8"
        return data.decode(encoding).translate(HALF_WIDTH).encode(encoding)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            main_part = info.filename == "word/document.xml"
            new.writestr(info, content.decode().translate(HALF_WIDTH).encode() if main_part else content)
    return out.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        "press_africa_expo_hans.html",
        "press_africa_expo_hant.html",
        "article_asean_trade.md",
        "news_brics.txt",
        "plan_economic_strategy_2030.docx",
    ],
)
def test_faults_put_into_a_sample_are_taken_out_but_in_titles_and_quotations(name: str) -> None:
    path = ROOT / "corpus" / name
    made = mended(faulty(path), name)
    right = record_of(path.read_bytes(), name).text
    assert GUARDED.sub("《》", made.after) == GUARDED.sub("《》", right)
    assert made.after.translate(HALF_WIDTH) == right.translate(HALF_WIDTH)
    assert len(made.done) > 10 and not made.refused


def test_diff_shows_lines_and_missing_ends() -> None:
    assert diff("a.txt", f"甲\n{FAULTY}", f"甲\n{MENDED}") == (
        f"--- a/a.txt\n+++ b/a.txt\n@@ -1,2 +1,2 @@\n 甲\n-{FAULTY}\n\\ No newline at end of file\n"
        f"+{MENDED}\n\\ No newline at end of file\n"
    )
    assert diff("a.txt", "甲\u2028乙\n", "甲\u2028乙\n") == ""


def test_a_file_is_replaced_at_once_and_keeps_its_mode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o640)
    link = tmp_path / "link.txt"
    link.symlink_to(path)
    replace_file(link, b"new")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode), link.is_symlink()) == (b"new", 0o640, True)

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", broken)
    with pytest.raises(WriteError, match="No space left"):
        replace_file(path, b"newer")
    assert path.read_bytes() == b"new" and sorted(one.name for one in tmp_path.iterdir()) == ["a.txt", "link.txt"]


def cli(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["validate", *map(str, arguments)])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(f"{FAULTY}\n", encoding="utf-8")
    return tmp_path


def test_fix_mends_and_then_shows_what_is_left(folder: Path) -> None:
    result = cli("a.txt", "--fix", "--fail-on", "info")
    assert (result.exit_code, (folder / "a.txt").read_text(encoding="utf-8")) == (0, f"{MENDED}\n"), result.output
    assert "Fixed: 1 in a.txt" in result.stderr
    assert cli("a.txt", "--fix").exit_code == 0


def test_what_is_not_mended_is_said_in_both_languages(folder: Path) -> None:
    (folder / "a.txt").write_text("会议通过《关于贸易,投资的声明》。\n", encoding="utf-8")
    found = cli("a.txt", "--format", "json", "--lang", "en")
    if '"fix": "，"' in found.stdout:  # a rule may as well offer no fix inside a title
        assert "it stands inside a title or a quotation" in cli("a.txt", "--fix", "--lang", "en").stderr
        assert "位于书名号或引号之内" in cli("a.txt", "--fix", "--lang", "zh").stderr


def test_a_file_that_may_not_be_written_does_not_stop_the_others(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "b.txt").write_text(f"{FAULTY}\n", encoding="utf-8")
    monkeypatch.setattr("os.access", lambda path, _: Path(path).name != "a.txt")
    result = cli("a.txt", "b.txt", "--fix")
    assert result.exit_code == 2 and "a.txt: cannot be written" in result.stderr
    assert (folder / "a.txt").read_text(encoding="utf-8") == f"{FAULTY}\n"
    assert (folder / "b.txt").read_text(encoding="utf-8") == f"{MENDED}\n"


def test_diff_changes_nothing(folder: Path) -> None:
    result = cli("a.txt", "--diff")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-2:] == [f"-{FAULTY}", f"+{MENDED}"]
    assert (folder / "a.txt").read_text(encoding="utf-8") == f"{FAULTY}\n"


def test_what_is_suppressed_is_not_mended(folder: Path) -> None:
    (folder / "sco-extract.suppressions.toml").write_text(
        f'[[suppress]]\nfile = "a.txt"\nrule = "PUN101"\nquote = "{FAULTY}"\nreason = "adopted"\n', encoding="utf-8"
    )
    cli("a.txt", "--fix")
    assert (folder / "a.txt").read_text(encoding="utf-8") == f"{FAULTY}\n"


def test_what_stands_in_the_baseline_is_not_mended(folder: Path) -> None:
    assert cli("a.txt", "--write-baseline", "known.json").exit_code == 0
    cli("a.txt", "--fix", "--baseline", "known.json")
    assert (folder / "a.txt").read_text(encoding="utf-8") == f"{FAULTY}\n"


def test_what_is_ignored_in_a_file_is_not_mended(folder: Path) -> None:
    (folder / "sco-extract.toml").write_text('[per-file-ignores]\n"*.txt" = ["PUN"]\n', encoding="utf-8")
    cli("a.txt", "--fix")
    assert (folder / "a.txt").read_text(encoding="utf-8") == f"{FAULTY}\n"


@pytest.mark.parametrize("options", [("--fix", "--diff"), ("--unsafe",), ("--fix", "-")])
def test_options_that_do_not_go_together(folder: Path, options: tuple[str, ...]) -> None:
    assert cli("a.txt", *options).exit_code == 2


def test_every_rule_with_a_fix_is_known_to_the_table() -> None:
    assert {entry.fix for entry in BY_ID.values()} == {"safe", "unsafe", "none"}


def test_every_reason_has_words() -> None:
    said = tomllib.loads((ROOT / "sco_extract/check/messages_fix.toml").read_text(encoding="utf-8"))["words"]
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "sco_extract").rglob("*.py"))
    reasons_ = {name for name in re.findall(r"@(fix_[a-z_0-9]+)", code) if not name.endswith("_")}
    touched = {f"fix_touches_{name}" for name in ("tracked", "field", "formula", "sign", "twice", "bound", "stored")}
    assert reasons_ | touched == set(said)
    assert all(set(words) == {"en", "zh"} for words in said.values())
