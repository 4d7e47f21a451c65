"""Settings: a flag wins over ``KG_*`` in the environment, that over ``kg.toml``, then the default.

``kg.toml`` is read from the folder where the command runs; ``[tool.kg]`` of a ``pyproject.toml``
there is read where there is no ``kg.toml``. A name that is not known is an error, not a silence.

>>> from pathlib import Path
>>> load(Path("/nonexistent"), {"KG_JOBS": "4"})["jobs"]
Setting(name='jobs', value=4, origin='KG_JOBS')
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError
from kg.terms import DEFAULT_BASE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

FAIL_ON = ("error", "warning", "info", "never")
MOST_JOBS = 256


class SettingError(UsageError):
    """A setting has a name or a value that claimgraph does not know.

    :param origin: the environment variable or the file that holds it
    """

    def __init__(self, name: str, origin: str, expected: str) -> None:
        self.name, self.origin = name, origin
        super().__init__(f"the setting {name} in {origin} is wrong", expected=expected)


@dataclass(frozen=True, slots=True)
class Setting:
    """A value and where it comes from."""

    name: str
    value: Any
    origin: str


@dataclass(frozen=True, slots=True)
class Kind:
    """What a setting may be.

    :param read: makes the value of a text or a TOML value, or raises ValueError
    """

    default: Any
    expected: str
    meaning: str
    read: Callable[[Any], Any]


def _one_of_fail_on(value: object) -> str:
    if value not in FAIL_ON:
        raise ValueError(value)
    return str(value)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(value)
    return value


def _base(value: object) -> str:
    text = _text(value)
    if "://" not in text or not text.endswith(("/", "#")):
        raise ValueError(value)
    return text


def _jobs(value: object) -> int:
    number = int(str(value))
    if isinstance(value, bool) or not 1 <= number <= MOST_JOBS:
        raise ValueError(value)
    return number


def _flag(value: object) -> bool:
    known = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    text = str(value).lower()
    if text not in known:
        raise ValueError(value)
    return known[text]


KINDS: dict[str, Kind] = {
    "fail_on": Kind(
        "error", " or ".join(FAIL_ON), "the least severity that makes the exit code 1",
        _one_of_fail_on,
    ),
    "base": Kind(
        DEFAULT_BASE, "an IRI that ends with / or #", "what the IRIs of a graph stand below", _base
    ),
    "store": Kind(
        None, "a published folder, an RDF file or an endpoint's URL", "the store to ask", _text
    ),
    "jobs": Kind(1, f"a number from 1 to {MOST_JOBS}", "worker processes", _jobs),
    "no_color": Kind(False, "true or false", "whether to leave colour out", _flag),
}  # fmt: skip


def load(folder: Path, environ: Mapping[str, str]) -> dict[str, Setting]:
    """Return every setting with its origin: environment, file or default.

    :raises SettingError: for a name or a value that is not known
    """
    origin, table = _file(folder)
    for name in table:
        if name not in KINDS:
            raise SettingError(str(name), origin, ", ".join(KINDS))
    return {name: _setting(name, kind, environ, origin, table) for name, kind in KINDS.items()}


def _setting(
    name: str, kind: Kind, environ: Mapping[str, str], origin: str, table: Mapping[str, Any]
) -> Setting:
    variable = f"KG_{name.upper()}"
    given = [(variable, environ[variable])] if environ.get(variable) else []
    given += [(origin, table[name])] if name in table else []
    if not given:
        return Setting(name, kind.default, "default")
    place, value = given[0]
    try:
        return Setting(name, kind.read(value), place)
    except (TypeError, ValueError) as error:
        raise SettingError(name, place, kind.expected) from error


def _file(folder: Path) -> tuple[str, dict[str, Any]]:
    own = folder / "kg.toml"
    if own.is_file():
        return str(own), _toml(own)
    project = folder / "pyproject.toml"
    if project.is_file():
        table = _toml(project).get("tool", {}).get("kg", {})
        return f"{project} [tool.kg]", table
    return "default", {}


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        what = f"{path} cannot be read: {error}"
        raise UsageError(what, expected="TOML in UTF-8") from error
