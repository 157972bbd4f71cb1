"""Put a file in its place at once, or leave what was there."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from sco_extract.model.diagnostics import WriteError


def write_file(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``, making its folder; ``WriteError`` says what is wrong, and no half file is left."""
    partial = path.with_name(f".partial-{os.getpid()}-{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(data)
        partial.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):  # a folder that cannot be written to holds no partial file
            partial.unlink(missing_ok=True)
        raise WriteError(
            f"{path}: cannot be written ({error.strerror or error}); choose another file with -o"
        ) from error
