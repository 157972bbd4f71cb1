"""A starter folder: a corpus with two samples, settings, decisions, a workflow."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sco_extract.model.diagnostics import WriteError

_FILES = Path(__file__).parent / "starter_files"
# Where each file goes, and its name beside this module: hidden files are not packed reliably under their own names.
LAYOUT: Mapping[str, str] = {
    "corpus/communique.md": "communique.md",
    "corpus/plan.md": "plan.md",
    "corpus/decisions.toml": "decisions.toml",
    "sco-extract.toml": "settings.toml",
    ".github/workflows/sco-extract.yml": "workflow.yml",
    ".gitignore": "gitignore",
    "README.md": "README.md",
}


def write_starter(folder: Path) -> tuple[str, ...]:
    """Write the files of ``LAYOUT`` below ``folder``, which is made where it is missing; their paths below it.

    Raises ``WriteError``, before anything is written, where one of them is there already; nothing is ever overwritten.
    """
    there = [name for name in LAYOUT if _exists(folder / name)]
    if there:
        raise WriteError(f"{folder}: {', '.join(there)} there already; nothing was written: choose an empty folder")
    for name, template in LAYOUT.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write((_FILES / template).read_bytes())
        except OSError as error:
            raise WriteError(f"{path}: cannot be written ({error.strerror or error}); choose another folder") from error
    return tuple(LAYOUT)


def _exists(path: Path) -> bool:
    try:
        return path.exists() or path.is_symlink()
    except OSError as error:
        raise WriteError(f"{path}: {error.strerror or error}; choose another folder") from error
