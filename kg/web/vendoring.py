"""Fetches the vendored files anew from npm, for whoever maintains the package; users need no node.

    python -m kg.web.vendoring

The versions in ``VENDOR.toml`` are packed by ``npm pack``, and each file must have the digest that
stands there. To take a new version, write it there, run this, and copy the digests that are told.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

VENDORED = Path(__file__).parent / "static" / "vendor"


def packages() -> list[dict[str, Any]]:
    """Read what is vendored.

    >>> [package["name"] for package in packages()]
    ['cytoscape', 'cytoscape-dagre', '@zazuko/yasgui']
    """
    told: list[dict[str, Any]] = tomllib.loads((VENDORED / "VENDOR.toml").read_text())["package"]
    return told


def fetch(package: dict[str, Any], folder: Path) -> list[str]:
    """Pack a package, and put its files in place; return what does not have its digest."""
    wanted = f"{package['name']}@{package['version']}"
    ran = subprocess.run(  # noqa: S603 - the words stand in VENDOR.toml
        ["npm", "pack", "--silent", wanted],  # noqa: S607
        cwd=folder, check=True, capture_output=True, text=True,
    )  # fmt: skip
    wrong = []
    with tarfile.open(folder / ran.stdout.split()[-1]) as packed:
        for file in package["file"]:
            held = packed.extractfile(file["path"])
            content = held.read() if held else b""
            digest = hashlib.sha256(content).hexdigest()
            if digest != file["sha256"]:
                wrong.append(f"{file['name']} has sha256 {digest}")
                continue
            (VENDORED / file["name"]).write_bytes(content)
    return wrong


def main() -> int:
    """Fetch every package."""
    with tempfile.TemporaryDirectory() as folder:
        wrong = [line for package in packages() for line in fetch(package, Path(folder))]
    for line in wrong:
        sys.stderr.write(f"{line}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
