"""The output folder: a run replaces what the last one wrote only when it is complete."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from pathlib import Path

from sco_extract.model.diagnostics import WriteError

SOURCES = "sources"
CORPUS = "corpus.json"
# The human decisions of the run, for the commands that read the folder; not the name of the file that people write.
DECISIONS = "decisions.json"
_PARTIAL = ".partial-"


class OutputFolder:
    """Collects the files of a run beside their places and puts them there at the end.

    ``add`` writes into ``.partial-<process id>``; ``publish`` moves everything, ``corpus.json`` last, and removes the source
    records that the last run's ``corpus.json`` lists and this run did not write. Leaving the ``with`` block without
    ``publish`` leaves the folder as it was. Raises ``WriteError`` where the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._partial = folder / f"{_PARTIAL}{os.getpid()}"
        self._names: list[str] = []
        self._made = False

    def __enter__(self) -> OutputFolder:
        try:
            self._made = not self.folder.exists()
            self.folder.mkdir(parents=True, exist_ok=True)
            for leftover in self.folder.glob(f"{_PARTIAL}*"):
                if not _is_running(leftover.name.removeprefix(_PARTIAL)):
                    shutil.rmtree(leftover)
            (self._partial / SOURCES).mkdir(parents=True)
        except OSError as error:
            raise _write_error(self.folder, error) from error
        return self

    def __exit__(self, *_exception: object) -> None:
        shutil.rmtree(self._partial, ignore_errors=True)
        if self._made:
            with suppress(OSError):  # only an empty folder is removed: nothing was published
                self.folder.rmdir()

    def add(self, name: str, data: bytes) -> None:
        """Write one file, ``name`` with ``/`` below the folder; on disk when this returns."""
        try:
            with (self._partial / name).open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise _write_error(self.folder / name, error) from error
        self._names.append(name)

    def read(self, name: str) -> bytes:
        """What this run wrote as ``name``."""
        try:
            return (self._partial / name).read_bytes()
        except OSError as error:
            raise _write_error(self.folder / name, error) from error

    def replace(self, name: str, data: bytes) -> None:
        """Write one file of this run again."""
        try:
            (self._partial / name).unlink()
        except OSError as error:
            raise _write_error(self.folder / name, error) from error
        self._names.remove(name)
        self.add(name, data)

    def publish(self) -> None:
        """Move all files to their places."""
        before = set(source_ids(self.folder))
        now = {Path(name).stem for name in self._names if name.startswith(SOURCES + "/")}
        try:
            (self.folder / SOURCES).mkdir(exist_ok=True)
            for name in sorted(self._names, key=lambda name: (name == CORPUS, name)):
                (self._partial / name).replace(self.folder / name)
            for identity in sorted(before - now):
                (self.folder / SOURCES / f"{identity}.json").unlink(missing_ok=True)
        except OSError as error:
            raise _write_error(self.folder, error) from error


def source_ids(folder: Path) -> list[str]:
    """Ids of the sources that the folder's ``corpus.json`` lists as read; none where it is missing or not ours."""
    try:
        corpus = json.loads((folder / CORPUS).read_text(encoding="utf-8"))
        ids = [entry["id"] for entry in corpus["sources"] if entry["status"] == "ok"]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [identity for identity in ids if isinstance(identity, str) and Path(identity).name == identity]


def _is_running(process: str) -> bool:
    if not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return int(process) != os.getpid()


def _write_error(path: Path, error: OSError) -> WriteError:
    return WriteError(f"{path}: cannot be written ({error.strerror or error}); choose another folder with -o")
