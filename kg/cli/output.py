"""What commands share: where a report goes, in which form, and what the exit code says."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.settings import FAIL_ON, load
from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import TypeVar

    from kg.errors import KgError

    Command = TypeVar("Command", bound=Callable[..., Any])

_SUFFIXES = {
    ".json": "json", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html",
    ".csv": "csv", ".tsv": "tsv", ".ttl": "turtle", ".txt": "human",
}  # fmt: skip
_RANK = {"error": 3, "warning": 2, "info": 1}


class OutputError(UsageError):
    """A file cannot be written."""

    def __init__(self, path: str, reason: str) -> None:
        self.path = path
        super().__init__(f"{path} cannot be written: {reason}", hint="name another file with -o")


@dataclass(frozen=True, slots=True)
class Output:
    """How one command writes.

    :param path: a file, or ``-`` for stdout
    :param verbosity: -1 quiet, 0, or 1 and more
    """

    format: str
    path: str
    verbosity: int
    no_color: bool

    @property
    def colour(self) -> bool:
        """Whether colour may be written: only to a terminal, and only if nobody forbids it."""
        wanted = not self.no_color and not os.environ.get("NO_COLOR")
        return wanted and self.path == "-" and sys.stdout.isatty()

    def write(self, data: str | bytes) -> None:
        """Write to the file or to stdout, as UTF-8.

        A reader that closes the pipe early is no error, and the exit code stays what it is.

        :raises OutputError: if the file cannot be written
        """
        content = data if isinstance(data, bytes) else data.encode("utf-8", "replace")
        if self.path == "-":
            _to_stdout(content)
            return
        try:
            Path(self.path).write_bytes(content)
        except OSError as error:
            raise OutputError(self.path, error.strerror or str(error)) from error

    def seal(self, content: bytes, quads: Iterable[Any]) -> None:
        """Write the digests of an export beside its file; of one on stdout, tell the manifest's.

        :param quads: what was exported, of type :class:`pyoxigraph.Quad`
        :raises OutputError: if the file cannot be written
        """
        from kg.graph import manifest_digest
        from kg.store import seal_path, seal_text

        manifest = manifest_digest(quads, setting("base")) or ""
        if self.path == "-":
            self.note(f"manifest sha256: {manifest or 'none'}")
            return
        beside = seal_path(Path(self.path))
        try:
            beside.write_text(seal_text(Path(self.path).name, content, manifest), "utf-8")
        except OSError as error:
            raise OutputError(str(beside), error.strerror or str(error)) from error

    def note(self, message: str) -> None:
        """Tell something about the work on stderr, unless the command is to be quiet."""
        if self.verbosity >= 0:
            click.echo(message, err=True)


def _to_stdout(content: bytes) -> None:
    stream = sys.stdout.buffer
    try:
        stream.write(content)
        stream.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _remember(ctx: click.Context, param: click.Parameter, value: object) -> None:
    ctx.meta[f"kg.{param.name}"] = value


def everywhere(command: Command) -> Command:
    """Add the options that every command has."""
    for option in (
        click.option("--debug", is_flag=True, expose_value=False, help="Show an error's trace."),
        click.option(
            "--no-color", is_flag=True, expose_value=False, callback=_remember,
            help="Write no colour (also NO_COLOR).",
        ),
        click.option(
            "-v", "--verbose", count=True, expose_value=False, callback=_remember,
            help="Tell more.",
        ),
        click.option(
            "-q", "--quiet", is_flag=True, expose_value=False, callback=_remember,
            help="Tell only what was asked for.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


def to_file(command: Command) -> Command:
    """Add ``-o``."""
    return click.option(
        "-o", "--output", metavar="FILE", expose_value=False, callback=_remember,
        help="Write to FILE; - is stdout. The format is guessed from the suffix.",
    )(command)  # fmt: skip


def in_format(*formats: str) -> Callable[[Command], Command]:
    """Add ``-f`` and ``--json``; the first format is the default."""

    def add(command: Command) -> Command:
        for option in (
            click.option(
                "--json", is_flag=True, expose_value=False, callback=_remember,
                help="Same as -f json.",
            ),
            click.option(
                "-f", "--format", type=click.Choice(formats), expose_value=False,
                callback=_remember, help=f"Default: {formats[0]}.",
            ),
        ):  # fmt: skip
            command = option(command)
        return command

    return add


def formatted(*formats: str) -> Callable[[Command], Command]:
    """Add ``-f``, ``--json``, ``-o`` and what every command has."""

    def add(command: Command) -> Command:
        return everywhere(in_format(*formats)(to_file(command)))

    return add


def output(formats: tuple[str, ...] = ("human", "json")) -> Output:
    """Return how the running command writes.

    :param formats: what it can write; the first is the default
    """
    meta = click.get_current_context().meta
    path = meta.get("kg.output") or "-"
    chosen = meta.get("kg.format")
    if meta.get("kg.json"):
        if chosen not in {None, "json"}:
            what = f"--json and -f {chosen} ask for two formats"
            raise UsageError(what)
        chosen = "json"
    guessed = _SUFFIXES.get(Path(path).suffix.lower()) if path != "-" else None
    fmt = chosen or (guessed if guessed in formats else formats[0])
    verbosity = -1 if meta.get("kg.quiet") else int(meta.get("kg.verbose", 0))
    return Output(fmt, path, verbosity, bool(meta.get("kg.no_color") or setting("no_color")))


def setting(name: str) -> Any:  # noqa: ANN401 - each setting has its own type
    """Return a setting's value from the environment, the file or the default."""
    context = click.get_current_context()
    if "kg.settings" not in context.meta:
        context.meta["kg.settings"] = load(Path.cwd(), os.environ)
    return context.meta["kg.settings"][name].value


@contextmanager
def line_writer() -> Iterator[Callable[[str], None]]:
    """Give what writes one line after the other to where ``-o`` says, as UTF-8.

    :raises OutputError: if the file cannot be written
    """
    path = click.get_current_context().meta.get("kg.output") or "-"
    if path == "-":
        yield lambda line: _to_stdout(f"{line}\n".encode("utf-8", "replace"))
        return
    try:
        stream = Path(path).open("wb")  # noqa: SIM115 - closed below
    except OSError as error:
        raise OutputError(path, error.strerror or str(error)) from error
    with stream:

        def write(line: str) -> None:
            stream.write(f"{line}\n".encode("utf-8", "replace"))

        yield write


def failing(command: Command) -> Command:
    """Add ``--fail-on``; without it the setting decides."""
    return click.option(
        "--fail-on", type=click.Choice(FAIL_ON), expose_value=False, callback=_remember,
        help="Exit 1 on findings of this severity or worse. Default: error.",
    )(command)  # fmt: skip


def exit_code(findings: Iterable[Mapping[str, Any]], failures: Iterable[KgError] = ()) -> int:
    """Return what a command that obeys ``--fail-on`` ends with.

    :param findings: anything with ``severity``
    :param failures: inputs that could not be used; the worst decides, whatever was found
    """
    worst = max((failure.exit_code for failure in failures), default=0)
    if worst:
        return worst
    least = click.get_current_context().meta.get("kg.fail_on") or setting("fail_on")
    if least == "never":
        return 0
    return int(any(_RANK[finding["severity"]] >= _RANK[least] for finding in findings))
