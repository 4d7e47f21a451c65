"""What every test stands on: no network, the same random cases each time, the seed documents."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.network_guard import sitecustomize as network_guard

_GUARD = str(Path(network_guard.__file__).parent)
_SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"

# Children of the tests (kg, pip, python) load the guard by its name.
os.environ["PYTHONPATH"] = os.pathsep.join(
    part for part in (_GUARD, os.environ.get("PYTHONPATH", "")) if part
)

settings.register_profile(
    "claimgraph",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("claimgraph")


@pytest.fixture(scope="session")
def seeds() -> Path:
    """Return the folder of the two documents that the project grew from."""
    if not _SEEDS.is_dir():
        pytest.skip(f"the seed documents are not at {_SEEDS}; they are not part of the repository")
    return _SEEDS


@pytest.fixture(scope="session")
def python() -> str:
    """Return the interpreter that runs the suite, for tests that start a process."""
    return sys.executable
