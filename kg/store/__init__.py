"""Holds quads and answers SPARQL over the union of all graphs: on disk, in memory, on a server.

>>> store = MemoryStore()
>>> store.select("SELECT DISTINCT ?s WHERE { ?s ?p ?o } ORDER BY ?s").variables
('s',)
"""

from kg.store.builds import Build, backup, builds, prune, restore, use
from kg.store.contract import Store
from kg.store.endpoint import EndpointStore, Opener
from kg.store.errors import (
    EndpointError,
    NotAStoreError,
    QueryError,
    StoreError,
    StoreMissingError,
    TooManyRowsError,
    UnparsableRdfError,
)
from kg.store.graph_store import GraphStore, PushError
from kg.store.opening import open_store, read_quads
from kg.store.oxigraph import DiskStore, MemoryStore, OxigraphStore
from kg.store.published import REVIEWS, Published, is_published, open_published, publish, published
from kg.store.reference import RdflibStore, dataset, own_switches
from kg.store.rows import Row, Rows, Term, TermKind, Value
from kg.store.seal import Seal, seal_of, seal_path, seal_text

__all__ = [
    "REVIEWS",
    "Build",
    "DiskStore",
    "EndpointError",
    "EndpointStore",
    "GraphStore",
    "MemoryStore",
    "NotAStoreError",
    "Opener",
    "OxigraphStore",
    "Published",
    "PushError",
    "QueryError",
    "RdflibStore",
    "Row",
    "Rows",
    "Seal",
    "Store",
    "StoreError",
    "StoreMissingError",
    "Term",
    "TermKind",
    "TooManyRowsError",
    "UnparsableRdfError",
    "Value",
    "backup",
    "builds",
    "dataset",
    "is_published",
    "open_published",
    "open_store",
    "own_switches",
    "prune",
    "publish",
    "published",
    "read_quads",
    "restore",
    "seal_of",
    "seal_path",
    "seal_text",
    "use",
]
