"""A site over the demo, served in this process or by ``kg serve`` in one of its own."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from starlette.testclient import TestClient

from kg.terms import DEFAULT_BASE
from kg.web.app import application
from kg.web.site import open_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.web.workers import Limits


@contextmanager
def client(
    place: Path, limits: Limits | None = None, base: str = DEFAULT_BASE
) -> Iterator[TestClient]:
    """Serve a store to a client in this process."""
    site = open_site(str(place), limits, base)
    with TestClient(
        application(site), base_url="http://127.0.0.1:8007", follow_redirects=False
    ) as made:
        yield made


@contextmanager
def served(place: Path) -> Iterator[str]:
    """Serve a store by the command, and tell its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", str(place), "--port", "0"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip().rstrip("/")
    finally:
        process.terminate()
        process.wait(10)
        assert process.stdout is not None
        process.stdout.close()
