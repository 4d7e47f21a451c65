"""The root of every error that claimgraph raises on purpose.

Children live beside the code that raises them and carry the facts as attributes, so that a caller
can act on them and a message can name the file, the place, what was expected and what to do.

>>> str(KgError("no such store", expected="a published folder", hint="run `kg build` first"))
'no such store; expected a published folder; run `kg build` first'
"""

from __future__ import annotations


class KgError(Exception):
    """Something claimgraph cannot do, told in words that a user can act on.

    :param what: what happened, naming the file where there is one
    :param place: where in the file, such as ``line 3`` or ``byte 512``
    :param expected: what would have been right
    :param hint: what the user can do now
    """

    exit_code = 3

    def __init__(
        self,
        what: str,
        *,
        place: str | None = None,
        expected: str | None = None,
        hint: str | None = None,
    ) -> None:
        self.what, self.place, self.expected, self.hint = what, place, expected, hint
        super().__init__(what)

    def __str__(self) -> str:
        """Join the facts into one line."""
        parts = [self.what]
        if self.place:
            parts[0] += f" ({self.place})"
        if self.expected:
            parts.append(f"expected {self.expected}")
        if self.hint:
            parts.append(self.hint)
        return "; ".join(parts)


class UsageError(KgError):
    """The command or call itself is off: exit code 2."""

    exit_code = 2
