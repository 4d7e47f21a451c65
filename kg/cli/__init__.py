"""The command line: ``kg``, ``claimgraph`` and ``python -m kg`` are the same program.

A command's module is loaded when the command is asked for, and what is heavy when it runs, so that
``kg --help`` stays quick.

>>> sorted(COMMANDS)[:3]
['audit', 'build', 'check']
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

import click

from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["COMMANDS", "main", "program", "run"]

COMMANDS = {
    "demo": "demo", "audit": "audit", "check": "check", "trace": "trace", "build": "build",
    "validate": "validate", "recheck": "recheck", "review": "review", "diff": "diff",
    "query": "query", "export": "export", "store": "store", "serve": "serve", "stats": "stats",
    "doctor": "doctor", "config": "config",
}  # fmt: skip
INTERNAL_ERROR, INTERRUPTED, USAGE = 4, 130, 2
_EPILOG = """\b
Exit codes:
  0    ok
  1    findings at or above --fail-on (audit, build, validate, recheck, diff)
  2    usage
  3    an input is unreadable or invalid; the others are reported
  4    internal error (--debug shows the trace)
  130  interrupted

Settings: a flag, else KG_* in the environment, else kg.toml, else the default (kg config show)."""


class LazyGroup(click.Group):
    """Commands by name, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of the documentation."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command; None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"kg.cli.{COMMANDS[cmd_name]}").command
        if not isinstance(command, click.Command):
            message = f"kg.cli.{COMMANDS[cmd_name]} holds no command"
            raise TypeError(message)
        return command


@click.command(
    cls=LazyGroup, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(package_name="claimgraph", prog_name="claimgraph")
def program() -> None:
    """Audit a medical answer against the records that it cites.

    It says what the records in hand say, and how much of each was in hand; never that a claim is
    true. No network, no model: the same input gives the same bytes. Not medical advice.
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command and leave the process with its exit code.

    :param arguments: the words after the program's name; those of the process if None
    """
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code; what goes wrong is told on stderr."""
    try:
        code = program.main(list(arguments), prog_name="kg", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return USAGE
    except click.exceptions.Abort:
        _tell("interrupted")
        return INTERRUPTED
    except KgError as error:
        if "--debug" in arguments:
            _show_trace()
        _tell(str(error))
        return error.exit_code
    except Exception as error:  # the one place that may: whatever is left is ours, and is exit 4
        if "--debug" in arguments:
            _show_trace()
        _tell(f"internal error: {type(error).__name__}: {error}".partition("\n")[0])
        return INTERNAL_ERROR
    return code if isinstance(code, int) else 0


def _tell(message: str) -> None:
    click.echo(f"kg: {message}", err=True)


def _show_trace() -> None:
    import traceback

    traceback.print_exc()
