"""Documentation that runs or is generated, so that it cannot drift."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from sco_extract.check.registry import SHEET_CHECKS
from sco_extract.cli import COMMANDS
from sco_extract.extract import RULES
from sco_extract.model.codes import CODES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def test_generated_pages_and_schemas_are_up_to_date() -> None:
    result = subprocess.run(
        [sys.executable, "scripts/docs.py", "--check"], check=False, cwd=ROOT, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented(name: str) -> None:
    assert f"## sco-extract {name}\n" in (ROOT / "docs/cli.md").read_text(encoding="utf-8")


def test_every_rule_says_what_and_where_it_ends() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    for rule in RULES:
        assert re.fullmatch(r"[DTMPAFC]\d{3}", rule.id)
        assert re.search(r"[一-鿿]|\d{4}", rule.doc), f"{rule.id}: no example"
        assert "Limitation" in rule.doc, f"{rule.id}: no limitation"


@pytest.mark.parametrize("snippet", re.findall(r"```python\n(.*?)```", README, re.DOTALL))
def test_readme_snippets_run(snippet: str) -> None:
    result = subprocess.run([sys.executable, "-c", snippet], check=False, cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    expected = [comment.strip() for comment in re.findall(r"#> (.*)", snippet)]
    assert result.stdout.splitlines()[: len(expected)] == expected


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_code_is_explained() -> None:
    files = (ROOT / "sco_extract").rglob("*.py")
    texts = [path.read_text(encoding="utf-8") for path in files if path.name != "codes.py"]
    raised = {
        code for text in texts for code in re.findall(r'"((?:RUN|READ|ENC|DOCX|PDF|HTML|DAT|DEC|SUP)\d{3})"', text)
    }
    explained = [code.id for code in CODES]
    raised -= {check.id for check in SHEET_CHECKS}
    assert raised == set(explained)
    assert len(explained) == len(set(explained))
