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
import tempfile
from bisect import bisect_right
from itertools import chain, groupby, islice
from operator import eq
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO

    from pyoxigraph import Quad

PASSED = 200  # quads held at a time: few enough that their memory is used again at once
WRITTEN = 50_000
RUN = 2_000_000
_BLOCK = 16_000_000


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
        while batch := list(islice(left, PASSED)):
            written = pyoxigraph.serialize(batch, format=pyoxigraph.RdfFormat.N_QUADS) or b""
            self._lines += written.split(b"\n")[:-1]
            if len(self._lines) >= self._run:
                self._put_aside()
            yield batch

    def finished(self) -> tuple[str, int]:
        """Return the SHA-256 of the distinct lines in their order, and how many there are."""
        if self._aside and self._lines:
            self._put_aside()
        self._lines.sort()
        whole, count = hashlib.sha256(), 0
        last: bytes | None = None
        for lines in _merged(self._aside) if self._aside else [self._lines]:
            if lines[:1] == [last] or any(map(eq, lines, islice(lines, 1, None))):
                lines = [line for line, _ in groupby(lines) if line != last]
            for at in range(0, len(lines), WRITTEN):
                whole.update(b"\n".join(lines[at : at + WRITTEN]) + b"\n")
            count, last = count + len(lines), lines[-1] if lines else last
        for stream in self._aside:
            stream.close()
        return whole.hexdigest(), count

    def _put_aside(self) -> None:
        self._lines.sort()
        stream = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the runs are merged
        for at in range(0, len(self._lines), WRITTEN):
            stream.write(b"\n".join(self._lines[at : at + WRITTEN]) + b"\n")
        stream.seek(0)
        self._aside.append(stream)
        self._lines = []


def _merged(runs: list[IO[bytes]]) -> Iterator[list[bytes]]:
    """Merge sorted files of lines, a block at a time.

    Of each run a block is held. Whatever is not beyond the least of the blocks' last lines comes
    before everything that is still to be read, so that it is sorted and given.
    """
    blocks = [(run, _block(run)) for run in runs]
    while blocks := [(run, block or _block(run)) for run, block in blocks]:
        blocks = [(run, block) for run, block in blocks if block]
        if not blocks:
            return
        least = min(block[-1] for _, block in blocks)
        ready, left = [], []
        for run, block in blocks:
            at = bisect_right(block, least)
            ready += block[:at]
            left.append((run, block[at:]))
        ready.sort()
        yield ready
        blocks = left


def _block(run: IO[bytes]) -> list[bytes]:
    return [line[:-1] for line in run.readlines(_BLOCK)]
