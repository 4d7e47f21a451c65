"""The audit and the trace as JSON text, the same bytes for the same content."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def json_text(value: Mapping[str, Any] | Sequence[Any]) -> str:
    """Write plain values as indented JSON with a closing newline; keys keep their order.

    >>> print(json_text({"p": "≤"}), end="")
    {
      "p": "≤"
    }
    """
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
