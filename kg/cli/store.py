"""``kg store``: the builds of a published store, its copies, and a SPARQL server filled with it."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path

import click

from kg.cli.output import everywhere, in_format, output
from kg.errors import UsageError

FORMATS = ("human", "json")
_PASSWORD = "KG_PASSWORD"  # noqa: S105 - the name of the variable


@click.group("store")
def command() -> None:
    """List, choose, remove, copy and push the builds of a published store."""


@command.command("list")
@click.argument("store", metavar="DIR")
@in_format(*FORMATS)
@everywhere
def list_(store: str) -> int:
    """List the builds of DIR, the one that readers open first."""
    from kg.report.json_text import json_text
    from kg.store import builds

    out = output(FORMATS)
    found = builds(Path(store))
    if out.format == "json":
        out.write(json_text({"builds": [asdict(build) for build in found]}))
        return 0
    for build in found:
        mark = "current" if build.current else "previous" if build.previous else ""
        out.write(f"{build.name}  {build.quads:>10,} quads  {build.bytes:>12,} bytes  {mark}\n")
    return 0


@command.command("use")
@click.argument("store", metavar="DIR")
@click.argument("build", metavar="BUILD")
@everywhere
def use_(store: str, build: str) -> int:
    """Let readers of DIR open BUILD, after its quads were hashed again."""
    from kg.store import use

    output().write(f"{store} shows {use(Path(store), build).build}\n")
    return 0


@command.command("prune")
@click.argument("store", metavar="DIR")
@everywhere
def prune_(store: str) -> int:
    """Remove every build of DIR but the current one, and what killed builds left."""
    from kg.store import prune

    out = output()
    gone = prune(Path(store))
    out.write("".join(f"removed {name}\n" for name in gone) or "nothing to remove\n")
    return 0


@command.command("backup")
@click.argument("store", metavar="DIR")
@click.argument("target", metavar="TARGET")
@everywhere
def backup_(store: str, target: str) -> int:
    """Copy the current build of DIR and its reviews to TARGET, a new folder."""
    from kg.store import backup

    made = backup(Path(store), Path(target))
    output().write(f"{target} holds {made.build} ({made.quads} quads)\n")
    return 0


@command.command("restore")
@click.argument("source", metavar="TARGET")
@click.argument("store", metavar="DIR")
@everywhere
def restore_(source: str, store: str) -> int:
    """Bring the backup TARGET into DIR and show it."""
    from kg.store import restore

    made = restore(Path(source), Path(store))
    output().write(f"{store} shows {made.build} ({made.quads} quads)\n")
    return 0


@command.command("push")
@click.argument("store", metavar="DIR")
@click.argument("url", metavar="URL")
@click.option("--user", metavar="NAME", help=f"Sent if asked, with {_PASSWORD}.")
@everywhere
def push_(store: str, url: str, user: str | None) -> int:
    """Put each named graph of DIR to a server and read it back.

    URL is the address of the server's Graph Store Protocol, such as http://127.0.0.1:7878/store
    for Oxigraph or http://127.0.0.1:8890/sparql-graph-crud-auth for Virtuoso.
    """
    from kg.cli.stores import opened, opener_for
    from kg.store import GraphStore

    if user is not None and _PASSWORD not in os.environ:
        what = f"--user needs a password in {_PASSWORD}"
        raise UsageError(what, expected=f"{_PASSWORD} in the environment")
    server = GraphStore(url, opener_for(url, user, os.environ.get(_PASSWORD, "")))
    pushed = server.push(opened(store).quads())
    output().write(f"{url}: {pushed} graphs put and read back\n")
    return 0
