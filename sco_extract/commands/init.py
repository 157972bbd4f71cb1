"""``sco-extract init``."""

from __future__ import annotations

from pathlib import Path

import click

from sco_extract.commands.screen import harmless, say
from sco_extract.run.inputs import printable
from sco_extract.run.starter import write_starter


@click.command(
    short_help="Write a starter folder: corpus, settings, CI workflow.",
    epilog="""\b
Examples:
  sco-extract init documents
""",
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def command(folder: Path) -> None:
    """Write a folder to begin with: corpus/ with two samples, sco-extract.toml, decisions.toml, a workflow for GitHub.

    It passes `ingest` and `validate` as it is. Nothing is ever overwritten.
    """
    written = write_starter(folder)
    name = harmless(printable(str(folder)))
    say("\n".join(f"{name}/{path}" for path in written))
    say(f"\nNext: cd {name} && sco-extract ingest corpus -o output && sco-extract validate corpus")
