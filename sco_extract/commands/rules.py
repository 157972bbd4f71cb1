"""``sco-extract rules``."""

from __future__ import annotations

from inspect import cleandoc

import click

from sco_extract.check.registry import RULES as VALIDATION
from sco_extract.check.registry import RuleEntry
from sco_extract.commands.screen import say, show_table
from sco_extract.extract import RULES as EXTRACTION
from sco_extract.model.codes import CODES
from sco_extract.model.rule import Rule
from sco_extract.run.suggest import did_you_mean

# Codes of reading are explained as codes; what they mean stands there.
CHECKS: tuple[RuleEntry, ...] = tuple(entry for entry in VALIDATION if entry.scope != "reading")
RULES: tuple[Rule | RuleEntry, ...] = (*EXTRACTION, *CHECKS)


@click.command(
    short_help="List the rules of extraction, or explain one.",
    epilog="""\b
Examples:
  sco-extract rules
  sco-extract rules D003
  sco-extract rules MTG301
  sco-extract rules DAT201
""",
)
@click.argument("identity", metavar="[ID]", required=False)
def command(identity: str | None) -> None:
    """List the rules of extraction and of checking, or say what the rule ID finds, why, and where it ends.

    Every record and every finding names its rule. ID may also be the code of an error: what it means, what to do.
    """
    if identity is None:
        show_table(("id", "name", "severity", "fix", "finds"), [_row(rule) for rule in RULES])
        return
    wanted = identity.strip().casefold()
    for rule in RULES:
        if wanted in (rule.id.casefold(), rule.name.casefold()):
            say(f"{rule.id} {rule.name}\n\n{cleandoc(rule.doc)}")
            return
    for code in CODES:
        if wanted == code.id.casefold():
            say(f"{code.id} {code.name}\n\n{code.meaning}\nWhat to do: {code.advice}")
            return
    known = [name for rule in RULES for name in (rule.id, rule.name)] + [code.id for code in CODES]
    hint = did_you_mean(identity.strip(), known) or "`sco-extract rules` lists the rules"
    raise click.BadParameter(f"no rule or code {identity!r}; {hint}", param_hint="ID")


def _row(rule: Rule | RuleEntry) -> tuple[str, ...]:
    severity, fix = (rule.severity, rule.fix) if isinstance(rule, RuleEntry) else ("", "")
    return rule.id, rule.name, severity, "" if fix == "none" else fix, cleandoc(rule.doc).splitlines()[0]
