"""From what the user names (files, folders, patterns, standard input) to files with ids."""

from __future__ import annotations

import glob
import hashlib
import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Literal

from sco_extract.model.diagnostics import ReadError
from sco_extract.read.limits import LIMITS
from sco_extract.run.suggest import did_you_mean

STDIN = "-"
# What desktops leave in folders; Word's lock files (~$report.docx) and hidden files are told by their first characters.
_CLUTTER = {"thumbs.db", "desktop.ini"}
# What `sco-extract validate` reads and writes beside documents.
_OURS = {"sco-extract.toml", "sco-extract.suppressions.toml", "sco-extract.baseline.json"}
# A file of this name says what people decided about the corpus; it is never one of its documents.
DECISIONS = "decisions.toml"
_MAGIC = re.compile(r"[*?\[]")

# 255 bytes is the longest file name of every file system in use; ".json", a suffix and a counter must fit behind the id.
MAX_ID_BYTES = 200
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\\s\ud800-\udfff]+')
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read: ``relative`` is its path below the corpus, with ``/``; ``path`` is None for standard input."""

    id: str
    relative: str
    path: Path | None


def find_inputs(arguments: Sequence[str], output: Path | None = None) -> tuple[Input, ...]:
    """All files that ``arguments`` name, sorted by their path below the corpus, each file once.

    An argument is a file, a folder (walked; hidden files, ``~$`` lock files, desktop clutter, files
    ``decisions.toml`` and the settings, suppressions and baseline of `validate` left out), a pattern with ``* ? [ ]``
    (``**`` for any depth), or ``-``. What lies in the
    ``output`` folder is left out. Raises ``ReadError`` (``RUN001``) for an argument that names nothing.
    """
    found: dict[str, tuple[str, Path | None]] = {}
    for argument in arguments:
        for relative, path in _expand(argument):
            if path and path.name == DECISIONS:
                continue
            if path and output and argument != str(path) and path.resolve().is_relative_to(output.resolve()):
                continue
            found.setdefault(str(path.resolve()) if path else STDIN, (relative, path))
    files = sorted(found.values(), key=lambda item: (item[0], str(item[1])))
    ids = make_ids([relative for relative, _ in files])
    return tuple(
        Input(identity, printable(relative), path) for identity, (relative, path) in zip(ids, files, strict=True)
    )


def find_decisions(arguments: Sequence[str]) -> tuple[Path, ...]:
    """The files ``decisions.toml`` that lie at the top of a folder among ``arguments``, or are named there themselves."""
    found: dict[Path, Path] = {}
    for argument in arguments:
        path = Path(argument)
        path = path if path.name == DECISIONS else path / DECISIONS
        if argument != STDIN and _is_file(path):
            found.setdefault(path.resolve(), path)
    return tuple(found.values())


def read_bytes(path: Path) -> bytes:
    """The bytes of ``path``; ``ReadError`` ``RUN002`` where it cannot be read, ``RUN004`` where it is too large.

    Never more than the limit and one byte are read, whatever size the file claims: devices claim none.
    """
    try:
        with path.open("rb") as file:
            return read_stream(file)
    except OSError as error:
        raise ReadError("RUN002", f"{error.strerror or error}; check that it can be read") from error


def read_stream(stream: BinaryIO) -> bytes:
    """The rest of ``stream``; ``ReadError`` ``RUN004`` where it is longer than the limit for a file."""
    data = stream.read(LIMITS.max_bytes + 1)
    if len(data) > LIMITS.max_bytes:
        raise ReadError("RUN004", f"more than {LIMITS.max_bytes:,} bytes, the limit for a file; split it")
    return data


def printable(path: str) -> str:
    """``path`` with what is no text (bytes of a file name in no known encoding) shown as �."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def kind_of(path: Path) -> Literal["file", "folder", "other", "missing"]:
    """What ``path`` is (other: a pipe, a device); ``ReadError`` ``RUN002`` where that cannot be found out."""
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return "missing"
    except OSError as error:  # a name that is too long, a folder that is closed, links in a circle
        raise ReadError("RUN002", f"{printable(str(path))}: {error.strerror or error}; check the path") from error
    if stat.S_ISDIR(mode):
        return "folder"
    return "file" if stat.S_ISREG(mode) else "other"


def siblings(path: Path) -> list[str]:
    """The files and folders beside ``path``, as paths spelled like it; none where there is no such folder."""
    try:
        return [printable(str(path.with_name(one.name))) for one in path.parent.iterdir() if not _skipped(one.name)]
    except (OSError, ValueError):
        return []


def _expand(argument: str) -> Iterator[tuple[str, Path | None]]:
    if argument == STDIN:
        yield "stdin", None
        return
    path = Path(argument)
    kind = kind_of(path)
    if kind == "folder":
        yield from _walk(path)
    elif kind == "file":
        yield path.name, path
    elif kind == "other":
        raise ReadError(
            "RUN002", f"{printable(argument)}: not a regular file; give what it holds as standard input (-)"
        )
    elif _MAGIC.search(argument):
        yield from _match(argument)
    else:
        hint = did_you_mean(printable(argument), siblings(path)) or "check the path"
        raise ReadError("RUN001", f"{printable(argument)}: no such file or folder; {hint}")


def _match(pattern: str) -> Iterator[tuple[str, Path]]:
    matches = sorted(Path(match) for match in glob.glob(pattern, recursive=True))  # noqa: PTH207 - may be absolute
    if not matches:
        raise ReadError("RUN001", f"{printable(pattern)}: no file matches this pattern; check the path")
    fixed = Path(pattern).parts[:-1]
    depth = next((n for n, part in enumerate(fixed) if _MAGIC.search(part)), len(fixed))
    for match in matches:
        if match.is_dir():
            yield from (("/".join([*match.parts[depth:], below]), path) for below, path in _walk(match))
        elif _is_file(match) and not _skipped(match.name):
            yield "/".join(match.parts[depth:]), match


def _walk(folder: Path) -> Iterator[tuple[str, Path]]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _skipped(name))
        for name in sorted(names):
            path = Path(parent, name)
            if not _skipped(name) and _is_file(path):
                yield path.relative_to(folder).as_posix(), path


def _is_file(path: Path) -> bool:
    return os.path.isfile(path)  # noqa: PTH113 - Path.is_file raises for a path that is too long


def _skipped(name: str) -> bool:
    return name.startswith((".", "~$")) or name.casefold() in _CLUTTER | _OURS


def make_ids(relatives: Sequence[str]) -> list[str]:
    """An id for each path, safe as a file name on every system and different also where letter case is ignored.

    The path without suffix, folders joined by ``__``; with suffix where two paths would share the id; with a counter
    where they still would (``report~2``). Chinese and other letters stay.
    """
    plain = [_safe(_without_suffix(relative)) for relative in relatives]
    shared = Counter(_fold(identity) for identity in plain)
    taken: set[str] = set()
    ids = []
    for relative, identity in zip(relatives, plain, strict=True):
        chosen = identity if shared[_fold(identity)] == 1 else _safe(relative)
        ids.append(_free(chosen, taken))
        taken.add(_fold(ids[-1]))
    return ids


def _without_suffix(relative: str) -> str:
    folder, slash, name = relative.rpartition("/")
    return folder + slash + PurePosixPath(name).stem


def _free(identity: str, taken: Iterable[str]) -> str:
    free, number = identity, 1
    while _fold(free) in taken:
        number += 1
        free = f"{identity}~{number}"
    return free


def _fold(identity: str) -> str:
    return unicodedata.normalize("NFC", identity).casefold()


def _safe(path: str) -> str:
    parts = [part for part in path.split("/") if part not in ("", ".", "..")]
    name = unicodedata.normalize("NFC", "__".join(parts))
    name = _UNSAFE.sub("_", name).lstrip(".-~").rstrip(". ") or "file"
    if name.split(".")[0].casefold() in _RESERVED:
        name = "_" + name
    if len(name.encode()) > MAX_ID_BYTES:
        digest = hashlib.sha256(name.encode()).hexdigest()[:8]
        name = name.encode()[: MAX_ID_BYTES - 9].decode("utf-8", "ignore") + "-" + digest
    return name
