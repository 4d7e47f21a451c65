"""A process that answers queries on a read-only store, one at a time, and may be killed.

It is started as ``python -m kg.web.worker STORE``. A request is a line of JSON on standard input;
the reply is a line of JSON with the length of what follows, and then the answer itself, which is
whole before its first byte is sent. No query engine here can be interrupted, so that whoever
started the process ends it when its time is over.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.store import OxigraphStore
    from kg.store.contract import Answer


_LONGEST = 2_000


def serve(store: OxigraphStore, source: IO[bytes], target: IO[bytes]) -> None:
    """Answer requests until the source ends."""
    for line in source:
        head, body = reply(store, json.loads(line))
        target.write(json.dumps(head | {"length": len(body)}).encode() + b"\n" + body)
        target.flush()


def reply(store: OxigraphStore, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Answer one request.

    :param request: ``query``, ``formats`` in the order of preference, ``default``, ``named``
        and ``most``
    :return: what is told of the answer, and its bytes
    """
    from kg.export.results import formats_of, written
    from kg.store import QueryError, TooManyRowsError

    try:
        answer = store.answer(
            request["query"], request.get("default"), request.get("named"), request.get("most"),
            closed=True,
        )  # fmt: skip
    except TooManyRowsError as error:
        return {"status": "too-many", "why": str(error)}, b""
    except QueryError as error:
        return {"status": "refused", "why": str(error)[:_LONGEST]}, b""
    except (KgError, ValueError, RecursionError, MemoryError) as error:
        return {"status": "failed", "why": str(error)[:_LONGEST] or type(error).__name__}, b""
    able = formats_of(answer)
    chosen = next((fmt for fmt in request["formats"] if fmt in able), None)
    if chosen is None:
        return {"status": "unacceptable", "able": able}, b""
    try:
        body = written(answer, chosen)
    except MemoryError:
        return {"status": "failed", "why": "the answer does not fit into memory"}, b""
    return {"status": "ok", "format": chosen, "rows": _rows(answer)}, body


def _rows(answer: Answer) -> int:
    return 1 if isinstance(answer, bool) else len(answer)


def main(place: str, memory: int) -> None:
    """Open a store and serve it on the standard streams.

    :param place: the folder of one build, or an RDF file
    :param memory: how many bytes of addresses the process may take
    """
    from kg.store import DiskStore, OxigraphStore, open_store

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    build = Path(place)
    store = DiskStore(build) if (build / "CURRENT").is_file() else open_store(place)
    if not isinstance(store, OxigraphStore):
        message = f"{place} is no store of this machine"
        raise TypeError(message)
    # after the store is open: a thread of its own that cannot be started would end the process
    store.ask("ASK {}")
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    sys.stdout.buffer.write(b"ready\n")
    sys.stdout.buffer.flush()
    serve(store, sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
