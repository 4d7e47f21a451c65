"""``kg serve``: pages and a SPARQL 1.1 endpoint over a store, read-only, on this machine."""

from __future__ import annotations

import ipaddress

import click

from kg.cli.output import everywhere, output, setting
from kg.errors import KgError, UsageError


@click.command("serve")
@click.argument("store", required=False, metavar="STORE")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8007, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--name", "names", multiple=True, metavar="HOST",
    help="Another name that the pages are asked by; again for each.",
)  # fmt: skip
@click.option(
    "--seconds", default=10.0, show_default=True, type=click.FloatRange(0.5, 600),
    help="What a query may take before it is stopped.",
)  # fmt: skip
@click.option(
    "--rows", default=100_000, show_default=True, type=click.IntRange(1),
    help="Rows that an answer may have.",
)  # fmt: skip
@everywhere
def command(
    store: str | None, host: str, port: int, names: tuple[str, ...], seconds: float, rows: int
) -> int:
    """Serve STORE, a published store or an RDF file, until it is interrupted."""
    import uvicorn

    from kg.web.app import application
    from kg.web.site import LOCAL, open_site
    from kg.web.workers import Limits

    place = store or setting("store")
    if not place:
        what = "no store is given"
        raise UsageError(what, expected="kg serve STORE")
    out = output(("human",))
    if not _is_local(host):
        out.note(f"note: everybody who reaches {host} can read this graph and ask it")
    limits = Limits(seconds=seconds, rows=rows)
    site = open_site(place, limits, setting("base"), (*LOCAL, host, *names))
    shown = f"[{host}]" if ":" in host else host
    settings = uvicorn.Config(
        application(site), host=host, port=port, log_level="warning", server_header=False,
        lifespan="on", date_header=True,
    )  # fmt: skip
    try:
        listening = settings.bind_socket()
    except SystemExit as error:
        what = f"{host}:{port} cannot be listened on"
        raise KgError(what, hint="choose another --port") from error
    listening.listen()
    click.echo(f"http://{shown}:{listening.getsockname()[1]}/")
    uvicorn.Server(settings).run(sockets=[listening])
    return 0


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
