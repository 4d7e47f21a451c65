"""The digest of any number of quads, taken while they pass: sorted canonical N-Quads, each once.

Lines are sorted in runs; a run that memory should not hold is put aside in a file, and the runs are
merged at the end, so that memory stays flat however many quads pass.

>>> from pyoxigraph import NamedNode, Quad
>>> from kg.terms import quads_digest
>>> a = NamedNode("https://example.org/a")
>>> seen = LineDigest()
>>> passed = list(seen.of([Quad(a, a, a), Quad(a, a, a)]))
>>> len(passed), seen.finished() == (quads_digest(passed), 1)
(2, True)
"""

from __future__ import annotations

import hashlib
import heapq
import tempfile
from itertools import chain, groupby, islice
from operator import eq
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO

    from pyoxigraph import Quad

BATCH = 50_000
RUN = 2_000_000


class LineDigest:
    """Takes the digest of the quads that pass through it.

    :param run: how many lines memory holds before they are put aside
    """

    def __init__(self, run: int = RUN) -> None:
        self._run = run
        self._lines: list[bytes] = []
        self._aside: list[IO[bytes]] = []

    def of(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Yield the quads as they come, and note each."""
        return chain.from_iterable(self._noted(quads))

    def _noted(self, quads: Iterable[Quad]) -> Iterator[list[Quad]]:
        import pyoxigraph

        left = iter(quads)
        while batch := list(islice(left, BATCH)):
            written = pyoxigraph.serialize(batch, format=pyoxigraph.RdfFormat.N_QUADS) or b""
            self._lines += written.split(b"\n")[:-1]
            if len(self._lines) >= self._run:
                self._put_aside()
            yield batch

    def finished(self) -> tuple[str, int]:
        """Return the SHA-256 of the distinct lines in their order, and how many there are."""
        self._lines.sort()
        whole, count = hashlib.sha256(), 0
        runs: list[Iterable[bytes]] = [map(_bare, stream) for stream in self._aside]
        distinct: Iterator[bytes] = iter(self._lines)
        if runs or any(map(eq, self._lines, islice(self._lines, 1, None))):
            distinct = (line for line, _ in groupby(heapq.merge(*runs, self._lines)))
        while lines := list(islice(distinct, BATCH)):
            whole.update(b"\n".join(lines) + b"\n")
            count += len(lines)
        for stream in self._aside:
            stream.close()
        return whole.hexdigest(), count

    def _put_aside(self) -> None:
        self._lines.sort()
        stream = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the runs are merged
        stream.write(b"\n".join(self._lines) + b"\n")
        stream.seek(0)
        self._aside.append(stream)
        self._lines = []


def _bare(line: bytes) -> bytes:
    return line.removesuffix(b"\n")
