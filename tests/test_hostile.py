"""Two hundred files of random bytes, cut files and wrong suffixes through ``python cli.py ingest``."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("reportlab")

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

ROOT = Path(__file__).parent.parent
TEXT = (
    "第三次水资源部长级会议联合声明\n\n"
    "　　2024年5月20日，第三次水资源部长级会议在金边举行，通过了《2025—2029年行动计划》。\n"
    "　　各方商定于2026年在万象举行第四次会议，并在会前以视频方式召开高官会。\n"
) * 4
SECONDS = 120  # the whole run takes 3 to 6 on two cores; a single file may take 60 by its limit


def word() -> bytes:
    """A Word file with fixed time stamps, so that every run makes the same files."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in TEXT.splitlines())
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "word/document.xml": f'<w:document xmlns:w="{space}"><w:body>{lines}</w:body></w:document>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def pdf() -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for _ in range(2):
        canvas.setFont("STSong-Light", 11)
        for at, line in enumerate(TEXT.splitlines()):
            canvas.drawString(60, 780 - 20 * at, line.strip())
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def good() -> dict[str, bytes]:
    page = f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body><p>{TEXT}</p></body></html>"
    return {
        "txt": TEXT.encode(),
        "gb.txt": TEXT.encode("gb18030"),
        "wide.txt": TEXT.encode("utf-16"),
        "md": f"# 标题\n\n| 措施 | 期限 |\n|---|---|\n| 甲 | 每年 |\n\n{TEXT}".encode(),
        "html": page.encode(),
        "docx": word(),
        "pdf": pdf(),
    }


def hostile() -> Iterator[tuple[str, bytes]]:
    """Names say what was done: ``noise`` random bytes, ``cut`` truncated, ``torn`` bytes replaced, ``wrong`` suffix."""
    chance = random.Random(20261120)
    files = good()
    kinds = sorted(files)
    magic = (b"", b"PK\x03\x04", b"%PDF-1.7\n", b"<html>", b"\xff\xfe", b"\xef\xbb\xbf", b"# a\n", b"\x84\x31\x95\x33")
    for number in range(200):
        kind = kinds[number // 4 % len(kinds)]
        whole = files[kind]
        if number % 4 == 0:
            yield f"noise{number}.{kind}", chance.choice(magic) + chance.randbytes(chance.randrange(200, 4000))
        elif number % 4 == 1:
            yield f"cut{number}.{kind}", whole[: chance.randrange(len(whole))]
        elif number % 4 == 2:
            at = chance.randrange(len(whole))
            yield f"torn{number}.{kind}", whole[:at] + chance.randbytes(chance.randrange(1, 60)) + whole[at + 30 :]
        else:
            other = chance.choice([one for one in ("txt", "md", "html", "docx", "pdf") if not kind.endswith(one)])
            yield f"wrong{number}.{other}", whole


def test_every_file_ends_in_records_or_in_its_error(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, data in hostile():
        (folder / name).write_bytes(data)
    (folder / "sound.txt").write_text(TEXT, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "ingest", str(folder), "-o", str(tmp_path / "output"), "--jobs", "2"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 2, done.stderr[-2000:]
    assert "Traceback" not in done.stderr
    entries = {
        entry["path"]: entry
        for entry in json.loads((tmp_path / "output/corpus.json").read_text(encoding="utf-8"))["sources"]
    }
    assert len(entries) == 201
    written = list((tmp_path / "output/sources").glob("*.json"))
    assert len(written) == sum(entry["status"] == "ok" for entry in entries.values())
    for path, entry in entries.items():
        if entry["status"] == "error":
            assert entry["error_code"], path
            assert not entry["error_code"].startswith("RUN"), (path, entry["error"])
            assert len(entry["error"]) > 20, path
    assert entries["sound.txt"]["records"]["meetings"] == 2
    # A suffix decides nothing: the content is read as what it is.
    assert all(entry["status"] == "ok" for path, entry in entries.items() if path.startswith("wrong"))
    noise = [entry for path, entry in entries.items() if path.startswith("noise")]
    assert len(noise) == 50
    assert all(entry["status"] == "error" for entry in noise)
