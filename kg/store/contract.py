"""What every store does, and nothing more, so that one contract test can hold all of them to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kg.store.errors import QueryError
from kg.store.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Quad, Triple

    Answer = Rows | bool | tuple[Triple, ...]


class Store(Protocol):
    """Holds quads and answers SPARQL 1.1 over the union of all its graphs.

    A triple may stand in several graphs, and engines differ in how often it then matches: ask
    ``SELECT DISTINCT`` and ``COUNT(DISTINCT …)``. ``GRAPH ?g`` still tells the named graphs apart.
    Nothing is written through this face.
    """

    def answer(self, query: str) -> Answer:
        """Answer a query of any form.

        :raises QueryError: if it is no SPARQL 1.1 or asks for more than is allowed
        """
        ...

    def quads(self) -> Iterator[Quad]:
        """Yield every quad, in no order."""
        ...

    def __iter__(self) -> Iterator[Quad]:
        """Yield every quad, so that a store stands where a collection of quads does."""
        return self.quads()

    def __len__(self) -> int:
        """Count the quads."""
        ...

    def select(self, query: str) -> Rows:
        """Answer a SELECT.

        :raises QueryError: if it is of another form, or as in :meth:`answer`
        """
        answer = self.answer(query)
        if not isinstance(answer, Rows):
            raise QueryError("it is no SELECT", expected="SELECT … WHERE { … }")  # noqa: EM101
        return answer

    def ask(self, query: str) -> bool:
        """Answer an ASK.

        :raises QueryError: if it is of another form, or as in :meth:`answer`
        """
        answer = self.answer(query)
        if not isinstance(answer, bool):
            raise QueryError("it is no ASK", expected="ASK { … }")  # noqa: EM101
        return answer

    def construct(self, query: str) -> tuple[Triple, ...]:
        """Answer a CONSTRUCT or DESCRIBE, each triple once, sorted by its N-Triples form.

        :raises QueryError: if it is of another form, or as in :meth:`answer`
        """
        answer = self.answer(query)
        if not isinstance(answer, tuple):
            raise QueryError("it builds no graph", expected="CONSTRUCT or DESCRIBE")  # noqa: EM101
        return answer
