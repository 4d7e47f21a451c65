"""Holds quads and answers SPARQL: embedded, in memory, or a server."""
