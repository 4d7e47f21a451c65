"""The description of the service and of the dataset, for whoever asks for RDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg import queries
from kg.export.description import description

if TYPE_CHECKING:
    from kg.web.site import Site

MOST_GRAPHS = 1_000


def service_description(site: Site, endpoint: str, fmt: str) -> bytes:
    """Describe the service; of a store with very many named graphs, the first are told."""
    home = endpoint.rpartition("sparql")[0]
    rows = queries.run(site.store, "named-graphs").terms()[:MOST_GRAPHS]
    graphs = [(row["graph"].value, int(row["triples"].value)) for row in rows]
    return description(endpoint, home, len(site.store), graphs, fmt)
