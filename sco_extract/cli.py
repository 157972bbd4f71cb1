"""The command line: finds the command that is asked for and loads nothing else."""

from __future__ import annotations

from importlib import import_module

import click

from sco_extract.model.version import TOOL_VERSION

# Name, where the command is, and its line in --help; a test compares the line with the command's own.
COMMANDS: dict[str, tuple[str, str]] = {
    "ingest": ("sco_extract.commands.ingest", "Read documents and write their records."),
    "show": ("sco_extract.commands.show", "Show a document with its records marked, or its records as a table."),
    "list": ("sco_extract.commands.list", "List entities of an ingested corpus that fit."),
    "timeline": ("sco_extract.commands.timeline", "Follow a document, a meeting or a series of meetings."),
    "progress": ("sco_extract.commands.progress", "Show what the sources report for each measure of an action plan."),
    "validate": ("sco_extract.commands.validate", "Proof-read documents."),
    "init": ("sco_extract.commands.init", "Write a starter folder: corpus, settings, CI workflow."),
    "report": ("sco_extract.commands.report", "Write the draft of the report on an action plan's period."),
    "requests": (
        "sco_extract.commands.requests",
        "Write what each executing body of an action plan is asked to supply.",
    ),
    "rules": ("sco_extract.commands.rules", "List the rules of extraction, or explain one."),
    "schema": ("sco_extract.commands.schema", "List the published JSON Schemas, or print one."),
}

EPILOG = """\b
Examples:
  sco-extract ingest corpus/ -o output
  sco-extract show corpus/communique_islamabad_2024.docx --type meetings

\b
Exit status: 0 clean, 1 findings (with --strict), 2 usage or unreadable input.

\b
Shell completion: add one line to the shell's start-up file.
  bash   eval "$(_SCO_EXTRACT_COMPLETE=bash_source sco-extract)"
  zsh    eval "$(_SCO_EXTRACT_COMPLETE=zsh_source sco-extract)"
  fish   _SCO_EXTRACT_COMPLETE=fish_source sco-extract | source
"""


class Failure(click.ClickException):
    """Unreadable input or another error whose message says what happened, where, and what to do next."""

    exit_code = 2


class LazyGroup(click.Group):
    """A group that imports a command when it is run, so that ``--help`` need not load the program."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of ``COMMANDS``."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command itself, loaded now; None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(COMMANDS[cmd_name][0]).command
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that ``args`` begin with; for an unknown name a message with those that resemble it."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from sco_extract.run.suggest import did_you_mean

            hint = did_you_mean(args[0], COMMANDS) or f"the commands are {', '.join(COMMANDS)}"
            ctx.fail(f"No such command {args[0]!r}; {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in ``--help``, from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; an error that the program raises on purpose is shown as a message."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("\nInterrupted; nothing that was written before has changed.", err=True)
            raise click.exceptions.Exit(130) from None
        except Exception as error:
            from sco_extract.commands.screen import harmless
            from sco_extract.model.diagnostics import ScoExtractError

            if isinstance(error, ScoExtractError):
                raise Failure(harmless(str(error))) from error
            raise


@click.group(cls=LazyGroup, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(TOOL_VERSION, prog_name="sco-extract")
def main() -> None:
    """Cited records from official documents in Chinese: dates, meetings, documents, measures and participants."""
