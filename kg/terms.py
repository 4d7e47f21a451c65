"""Prefixes, CURIE ↔ IRI, canonical literals, and the content hash that names things.

A node's *id* is a path below the base, such as ``claim/9f3c…``, or an absolute IRI (a DOI). The
base enters only when quads are written, so that the model is the same under every base.

>>> node_id("claim", "doc/ab#char=0,9", "result", 1)
'claim/d97397bf2f2b61820c26a761dbdb45f0'
>>> expand("claim/7f76", base="https://example.org/")
'https://example.org/id/claim/7f76'
>>> canonical_decimal("0.050")
'0.05'
"""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from kg import assets

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad

DEFAULT_BASE = "https://w3id.org/claimgraph/"
NS = "https://w3id.org/claimgraph/ns#"
VERDICT = "https://w3id.org/claimgraph/verdict#"
FAULT = "https://w3id.org/claimgraph/fault#"
_MAX_DIGITS = 15


def digest(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8, as 64 hex digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def quads_digest(quads: Iterable[Quad]) -> str:
    """Return the SHA-256 of quads as sorted canonical N-Quads, each line once.

    >>> quads_digest([])[:8]
    'e3b0c442'
    """
    lines = sorted({f"{quad} .\n".encode() for quad in quads})
    return hashlib.sha256(b"".join(lines)).hexdigest()


def node_id(kind: str, *parts: object) -> str:
    """Name a node by its content: the same parts give the same id in every run.

    :param kind: the first step of the path, such as ``claim``
    :param parts: what identifies the node; None and numbers are written as text
    """
    canonical = "\x1f".join("" if part is None else str(part) for part in parts)
    return f"{kind}/{digest(canonical)[:32]}"


def document_id(sha256: str) -> str:
    """Name a document by the digest of its own bytes."""
    return f"doc/{sha256[:32]}"


def passage_id(document: str, start: int, end: int) -> str:
    """Name a span of a document, in the form of RFC 5147.

    >>> passage_id("doc/ab", 3, 9)
    'doc/ab#char=3,9'
    """
    return f"{document}#char={start},{end}"


def expand(node: str, base: str = DEFAULT_BASE) -> str:
    """Turn a node id into an IRI; an absolute IRI stays as it is."""
    return node if "://" in node else f"{base}id/{node}"


def contract(iri: str, base: str = DEFAULT_BASE) -> str:
    """Turn an IRI back into the node id that :func:`expand` was given."""
    return iri.removeprefix(f"{base}id/")


def camel(code: str) -> str:
    """Turn a code into the local name of its concept.

    >>> camel("not_found")
    'NotFound'
    """
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[_\-]", code))


def canonical_decimal(value: Decimal | str | int) -> str:
    """Write a decimal as XSD 1.1 does: no exponent, no needless zero, at most 15 digits.

    >>> [canonical_decimal(v) for v in ("100", "1.50", "-0.0", "1E+3", ".02")]
    ['100', '1.5', '0', '1000', '0.02']
    """
    number = Decimal(value)
    number = number if len(number.as_tuple().digits) <= _MAX_DIGITS else round_digits(number)
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"", "-0"} else text


def round_digits(number: Decimal) -> Decimal:
    """Round a decimal to the 15 significant digits that every store keeps."""
    return number.normalize().__round__(_MAX_DIGITS - 1 - number.adjusted())


@cache
def prefixes() -> dict[str, str]:
    """Return prefix → namespace, read from ``ontology/prefixes.ttl``, the one source of them."""
    import pyoxigraph

    source = assets.folder("ontology") / "prefixes.ttl"
    parser = pyoxigraph.parse(path=str(source), format=pyoxigraph.RdfFormat.TURTLE)
    list(parser)
    return dict(parser.prefixes)


def curie(iri: str) -> str:
    """Shorten an IRI by the longest prefix that fits; otherwise return it in angle brackets."""
    fits = [(ns, p) for p, ns in prefixes().items() if iri.startswith(ns)]
    if not fits:
        return f"<{iri}>"
    namespace, prefix = max(fits, key=lambda pair: len(pair[0]))
    return f"{prefix}:{iri[len(namespace) :]}"


def from_curie(text: str, base: str = DEFAULT_BASE) -> str:
    """Turn a CURIE, an IRI (bare or in angle brackets) or a node id into an IRI."""
    text = text.strip().removeprefix("<").removesuffix(">")
    prefix, _, local = text.partition(":")
    if "://" not in text and prefix in prefixes():
        return prefixes()[prefix] + local
    return expand(text, base)
