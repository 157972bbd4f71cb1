"""``sco-extract schema``."""

from __future__ import annotations

import click

from sco_extract.commands.screen import say, show_table
from sco_extract.write.schema import SCHEMAS, schema_text


@click.command(
    short_help="List the published JSON Schemas, or print one.",
    epilog="""\b
Examples:
  sco-extract schema
  sco-extract schema meeting > meeting.schema.json
""",
)
@click.argument("name", metavar="[NAME]", required=False, type=click.Choice([name for name, _, _ in SCHEMAS]))
def command(name: str | None) -> None:
    """List the JSON Schemas (2020-12) of what is written, or print the one called NAME."""
    if name is None:
        show_table(("name", "describes"), [(known, describes) for known, _, describes in SCHEMAS])
        return
    for known, model, describes in SCHEMAS:
        if known == name:
            say(schema_text(model, describes), nl=False)
