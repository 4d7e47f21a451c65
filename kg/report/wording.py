"""The words of the reports, read from ``wording.toml``.

>>> verdict_wording("misattributed").sign
'⇄'
>>> severity_counts([{"severity": "error"}, {"severity": "warning"}, {"severity": "error"}])
'2 errors, 1 warning'
"""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from kg import assets

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class VerdictWording:
    """How a verdict is worded.

    :param sign: stands for the verdict where colour cannot be seen
    :param tone: ``good``, ``warning``, ``bad`` or ``neutral``
    """

    code: str
    word: str
    sign: str
    tone: str
    meaning: str


_NOT_ASSESSED = VerdictWording(
    "not_assessed", "not assessed", "·", "neutral", "The graph holds no verdict on it."
)


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(assets.text("report/wording.toml"))


@cache
def verdict_wordings() -> tuple[VerdictWording, ...]:
    """Return the wording of every verdict, in the order of the contract."""
    return tuple(VerdictWording(code, **row) for code, row in _tables()["verdict"].items())


def verdict_wording(code: str | None) -> VerdictWording:
    """Return how a verdict is worded; None is a statement that the graph holds no verdict on."""
    return next((wording for wording in verdict_wordings() if wording.code == code), _NOT_ASSESSED)


def fault_wording(code: str) -> str:
    """Say a fault code in words.

    >>> fault_wording("wrong_group")
    'the figure belongs to another group'
    """
    return str(_tables()["fault"][code])


def scope_wording(scope: Iterable[str]) -> str:
    """Say how much of a work its record holds.

    >>> scope_wording(["abstract", "captions"])
    'abstract, figure captions'
    """
    return ", ".join(_tables()["scope"][part] for part in scope) or "nothing"


def counted(number: int, noun: str) -> str:
    """Write a count with its noun.

    >>> counted(1, "record"), counted(0, "record")
    ('1 record', '0 records')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def severity_counts(findings: Iterable[Mapping[str, Any]]) -> str:
    """Count findings by severity; infos are told only where there are any."""
    numbers = Counter(finding["severity"] for finding in findings)
    parts = [counted(numbers["error"], "error"), counted(numbers["warning"], "warning")]
    if numbers["info"]:
        parts.append(f"{numbers['info']} info")
    return ", ".join(parts)
