"""Read-only pages over a store, and its SPARQL 1.1 endpoint, for a browser on the same machine."""
