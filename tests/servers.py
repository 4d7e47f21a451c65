"""SPARQL servers for tests: started on free loopback ports, in folders of their own."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PATIENCE = 60.0
_VIRTUOSO_INI = """\
[Database]
DatabaseFile = {home}/virtuoso.db
ErrorLogFile = {home}/virtuoso.log
LockFile = {home}/virtuoso.lck
TransactionFile = {home}/virtuoso.trx
xa_persistent_file = {home}/virtuoso.pxa
ErrorLogLevel = 7
FileExtend = 200

[TempDatabase]
DatabaseFile = {home}/virtuoso-temp.db
TransactionFile = {home}/virtuoso-temp.trx

[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
ServerThreads = 10
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
DirsAllowed = {home}
MaxQueryMem = 500M

[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {home}
ServerThreads = 5

[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = 60
DefaultQuery = SELECT 1 WHERE {{}}
"""


@dataclass(frozen=True)
class Server:
    """Where a server answers.

    :param graphs: the address of its Graph Store Protocol
    """

    query: str
    graphs: str
    user: str | None = None
    password: str = ""


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def missing(name: str) -> str | None:
    """Return why a server cannot be started here; None where it can."""
    if name == "oxigraph" and not Path(sys.executable).with_name("oxigraph").is_file():
        return "the oxigraph program is not installed: pip install oxigraph"
    if name == "virtuoso" and shutil.which("virtuoso-t") is None:
        return "Virtuoso is not installed: apt-get install virtuoso-opensource"
    return None


@contextmanager
def oxigraph(home: Path) -> Iterator[Server]:
    """Run an Oxigraph server whose default graph is the union of all graphs."""
    base = f"http://127.0.0.1:{(port := free_port())}"
    program = Path(sys.executable).with_name("oxigraph")
    command = [program, "serve", "--location", home, "--bind", f"127.0.0.1:{port}",
               "--union-default-graph"]  # fmt: skip
    with _running(command, f"{base}/"):
        yield Server(f"{base}/query", f"{base}/store")


@contextmanager
def virtuoso(home: Path, rows: int = 1_000_000) -> Iterator[Server]:
    """Run a Virtuoso server with the password that its package ships.

    :param rows: how many rows it gives at most
    """
    http = free_port()
    ini = home / "virtuoso.ini"
    ini.write_text(_VIRTUOSO_INI.format(home=home, sql=free_port(), http=http, rows=rows), "utf-8")
    base = f"http://127.0.0.1:{http}"
    command = ["virtuoso-t", "+foreground", "+configfile", str(ini)]
    with _running(command, f"{base}/sparql"):
        yield Server(f"{base}/sparql", f"{base}/sparql-graph-crud-auth", "dba", "dba")


@contextmanager
def _running(command: Sequence[object], ready: str) -> Iterator[None]:
    process = subprocess.Popen(
        [str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + _PATIENCE
        while not _answers(ready):
            if process.poll() is not None or time.monotonic() > until:
                message = f"{command[0]} did not start"
                raise RuntimeError(message)
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(timeout=_PATIENCE)


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5) as response:  # noqa: S310 - our own loopback
            return bool(response.status)
    except URLError as error:
        return getattr(error, "code", None) is not None
    except OSError:
        return False
