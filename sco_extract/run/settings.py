"""Find the settings of ``sco-extract validate`` and read them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sco_extract.check.registry import selectors
from sco_extract.model.settings import Settings
from sco_extract.run.suggest import did_you_mean
from sco_extract.run.toml_file import TomlFile
from sco_extract.values.edtf import parse

SETTINGS = "sco-extract.toml"
SUPPRESSIONS = "sco-extract.suppressions.toml"
PYPROJECT = "pyproject.toml"
TABLE = ("tool", "sco-extract")
UNUSABLE = "RUN013"


@dataclass(frozen=True, slots=True)
class Project:
    """Where the settings are from: ``root`` is the folder that paths count from."""

    root: Path
    settings: Settings = field(default_factory=Settings)
    file: Path | None = None

    def path(self, name: str) -> Path:
        """A path of the settings."""
        return self.root / name


def find_project(start: Path) -> Project:
    """The project around the file or folder ``start``: settings upward from it, up to the root of its repository.

    Without settings the root is that of the repository, else the current folder. ``ReadError`` ``RUN013`` as `read_settings`.
    """
    folders = list(_upward(start))
    for folder in folders:
        for name in (SETTINGS, PYPROJECT):
            path = folder / name
            if _is_file(path):
                settings = read_settings(path)
                if settings is not None:
                    return Project(folder, settings, path)
    repository = folders[-1] if folders and (folders[-1] / ".git").exists() else None
    return Project(repository or Path.cwd())


def read_settings(path: Path) -> Settings | None:
    """The settings in ``path``; None for a ``pyproject.toml`` without our table.

    Raises ``ReadError`` (``RUN013``) with file, line and key where they break their schema or name a rule that there is not.
    """
    file = TomlFile(path, UNUSABLE)
    if path.name != PYPROJECT:
        return _checked(file, file.validate(Settings, file.parse()), ())
    if TABLE[1] not in file.text:
        return None  # what is wrong elsewhere in it is no matter of ours
    tool = file.parse().get(TABLE[0])
    table = tool.get(TABLE[1]) if isinstance(tool, dict) else None
    return None if table is None else _checked(file, file.validate(Settings, table, TABLE), TABLE)


def unknown_selector(names: Iterable[str]) -> tuple[str, str] | None:
    """The first of ``names`` that selects nothing, and what may have been meant."""
    known = selectors()
    for name in names:
        if name.upper() not in known:
            hint = did_you_mean(name.strip(), known)
            return name, f"no rule begins with {name!r}; {hint or '`sco-extract rules` lists the rules'}"
    return None


def find_suppressions(project: Project, start: Path) -> Path | None:
    """The file of suppressions: that of the settings, else the first upward from ``start``."""
    if project.settings.suppressions is not None:
        return project.path(project.settings.suppressions)
    found = (folder / SUPPRESSIONS for folder in _upward(start))
    return next((path for path in found if _is_file(path)), None)


def _checked(file: TomlFile, settings: Settings, table: Sequence[str]) -> Settings:
    lists: Mapping[tuple[str, ...], Iterable[str]] = {
        ("select",): settings.select,
        ("ignore",): settings.ignore,
        ("severity",): settings.severity,
        **{("per-file-ignores", pattern): rules for pattern, rules in settings.per_file_ignores.items()},
    }
    for where, names in lists.items():
        if wrong := unknown_selector(names):
            raise file.wrong((*table, *where, wrong[0]), wrong[1], wrong[0])
    if settings.period is not None and not is_period(settings.period):
        raise file.wrong((*table, "period"), f"{settings.period!r} is no period; write 2023-11/2024-10 or 2024")
    return settings


def is_period(text: str) -> bool:
    """Whether ``text`` is an EDTF date or range with a beginning and an end."""
    value = parse(text)
    return value is not None and bool(value.earliest and value.latest)


def _is_file(path: Path) -> bool:
    return os.path.isfile(path)  # noqa: PTH113 - Path.is_file fails where a path is too long


def _upward(start: Path) -> Iterator[Path]:
    """The folder of ``start`` and those above it, up to the root of its repository; none of it need be there."""
    folder = Path(os.path.abspath(start))  # noqa: PTH100 - Path.resolve fails where links go in a circle
    if not os.path.isdir(folder):  # noqa: PTH112 - Path.is_dir fails where a path is too long
        folder = folder.parent
    for one in (folder, *folder.parents):
        yield one
        if os.path.exists(one / ".git"):  # noqa: PTH110 - as above
            return
