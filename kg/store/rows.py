r"""What a query gives back: terms with their RDF type kept, and rows of them.

>>> Term.literal("0.05", XSD + "decimal").python
Decimal('0.05')
>>> Term.iri("https://example.org/a").n3
'<https://example.org/a>'
>>> Term.literal('say "a"').n3
'"say \\"a\\""'
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

XSD = "http://www.w3.org/2001/XMLSchema#"
RDF_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
Value = str | int | float | bool | Decimal
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_INTEGERS = frozenset(
    XSD + name
    for name in ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger")
)


class TermKind(StrEnum):
    """What stands at a place of a row."""

    IRI = "iri"
    LITERAL = "literal"
    BLANK = "blank"
    TRIPLE = "triple"


@dataclass(frozen=True, slots=True)
class Term:
    """An RDF term, equal where the N-Triples form is equal.

    :param value: the IRI, the label of a blank node, or the lexical form of a literal
    :param datatype: IRI of a literal's datatype; ``xsd:string`` for a plain one, None otherwise
    :param language: language tag of a literal, if it has one
    """

    kind: TermKind
    value: str
    datatype: str | None = None
    language: str | None = None

    @classmethod
    def iri(cls, value: str) -> Term:
        """Make an IRI of its text."""
        return cls(TermKind.IRI, value)

    @classmethod
    def literal(cls, value: str, datatype: str = XSD + "string") -> Term:
        """Make a literal of its lexical form and datatype."""
        return cls(TermKind.LITERAL, value, datatype)

    @property
    def n3(self) -> str:
        """The term as N-Triples writes it."""
        if self.kind is TermKind.IRI:
            return f"<{self.value}>"
        if self.kind is not TermKind.LITERAL:
            return self.value
        quoted = f'"{self.value.translate(_ESCAPES)}"'
        if self.language:
            return f"{quoted}@{self.language}"
        plain = self.datatype in {None, XSD + "string"}
        return quoted if plain else f"{quoted}^^<{self.datatype}>"

    @property
    def python(self) -> Value:
        """The value as Python has it; text where no type fits or the lexical form is ill-typed."""
        try:
            return _typed(self.value, self.datatype)
        except (ValueError, ArithmeticError):
            return self.value

    def __str__(self) -> str:
        """Give the IRI or the lexical form."""
        return self.value


def _typed(text: str, datatype: str | None) -> Value:
    if datatype in _INTEGERS:
        return int(text)
    if datatype == XSD + "decimal":
        return Decimal(text)
    if datatype in {XSD + "double", XSD + "float"}:
        return float(text)
    if datatype == XSD + "boolean" and text in {"true", "false", "1", "0"}:
        return text in {"true", "1"}
    return text


Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a SELECT, in the order that the query asks for; None is an unbound variable.

    >>> rows = Rows(("n",), ((Term.literal("3", XSD + "integer"),),))
    >>> rows.to_dicts(), len(rows)
    ([{'n': 3}], 1)
    """

    variables: tuple[str, ...]
    rows: tuple[Row, ...]

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.rows)

    def terms(self) -> list[dict[str, Term]]:
        """Return each row by variable; what is unbound is left out."""
        return [
            {name: term for name, term in zip(self.variables, row, strict=True) if term is not None}
            for row in self.rows
        ]

    def to_dicts(self) -> list[dict[str, Value | None]]:
        """Return each row as Python values by variable; what is unbound is None."""
        return [
            {
                name: None if term is None else term.python
                for name, term in zip(self.variables, row, strict=True)
            }
            for row in self.rows
        ]
