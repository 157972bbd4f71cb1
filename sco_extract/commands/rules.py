"""``sco-extract rules``."""

from __future__ import annotations

from inspect import cleandoc

import click

from sco_extract.commands.screen import show_table
from sco_extract.extract import RULES


@click.command(
    short_help="List the rules of extraction, or explain one.",
    epilog="""\b
Examples:
  sco-extract rules
  sco-extract rules D003
""",
)
@click.argument("identity", metavar="[ID]", required=False)
def command(identity: str | None) -> None:
    """List the rules of extraction, or say what the rule ID finds, why, and where it ends.

    Every record names the rule that found it.
    """
    if identity is None:
        show_table(("id", "name", "finds"), [(r.id, r.name, cleandoc(r.doc).splitlines()[0]) for r in RULES])
        return
    wanted = identity.strip().casefold()
    for rule in RULES:
        if wanted in (rule.id.casefold(), rule.name.casefold()):
            click.echo(f"{rule.id} {rule.name}\n\n{cleandoc(rule.doc)}")
            return
    raise click.BadParameter(f"no rule {identity!r}; `sco-extract rules` lists them", param_hint="ID")
