"""How fast a long set of PubMed records is read, beside lxml alone over the same bytes.

Makes PubMed XML of so many records, each about as long as a real one with its reference list, packs
it with gzip, and reads it twice in one run: by ``lxml.etree.iterparse`` with ``itertext`` and no
more, and by :func:`kg.sources.read_records`, content hash, segments and offsets included. It prints
the median CPU seconds of three turns, their ratio, and the most memory that reading took.

    python benchmarks/streaming.py [RECORDS]

Needs lxml, which claimgraph does not.
"""

from __future__ import annotations

import gzip
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

_TURNS = 3
_WORDS = (
    "pain", "gout", "arm", "weeks", "grip", "strength", "adults", "placebo", "zelorimab", "dose",
    "rash", "trial", "outcome", "score", "fell", "rose", "group", "random", "walking", "sleep",
    "serum", "zinc", "daily", "tablets", "baseline", "change", "mean", "margin", "nausea",
)  # fmt: skip


def main(records: int) -> None:
    """Make the file, time both readers, print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "set.xml.gz"
        size = _write(path, records)
        print(f"{records:,} records, {size / records:,.0f} bytes each")
        bare = [_timed("lxml", path) for _ in range(_TURNS)]
        own = [_timed("claimgraph", path) for _ in range(_TURNS)]
    lxml, ours = (statistics.median(cpu for cpu, _ in turns) for turns in (bare, own))
    print(f"lxml       {lxml:8.2f} CPU s  {bare[0][1]:6.0f} MB")
    print(f"claimgraph {ours:8.2f} CPU s  {own[0][1]:6.0f} MB")
    print(f"speed beside lxml: {lxml / ours:.2f}")


def _write(path: Path, records: int) -> int:
    """Write the set; every record is made anew, so that the packer finds no copies."""
    random, size = Random(0), 0  # noqa: S311 - text, no secret
    with gzip.open(path, "wb", compresslevel=1) as file:
        size += file.write(b'<?xml version="1.0"?>\n<PubmedArticleSet>\n')
        for number in range(1, records + 1):
            size += file.write(_record(number, random).encode())
        size += file.write(b"</PubmedArticleSet>\n")
    return size


def _said(random: Random, words: int) -> str:
    said = " ".join(random.choices(_WORDS, k=words))
    return f"{said} by {random.random() * 9:.2f} µg (<i>p</i> &lt; 0.{random.randrange(1, 99):02})."


def _record(number: int, random: Random) -> str:
    authors = "".join(
        f'<Author ValidYN="Y"><LastName>Nowhere{n}</LastName><ForeName>Ann</ForeName><Initials>A'
        f"</Initials><AffiliationInfo><Affiliation>{_said(random, 14)}</Affiliation>"
        f"</AffiliationInfo></Author>"
        for n in range(8)
    )
    sections = "".join(
        f'<AbstractText Label="{label}" NlmCategory="{label}">{_said(random, 60)}</AbstractText>'
        for label in ("BACKGROUND", "METHODS", "RESULTS", "CONCLUSIONS")
    )
    headings = "".join(
        f'<MeshHeading><DescriptorName UI="D{n:06}" MajorTopicYN="N">{random.choice(_WORDS)}'
        f'</DescriptorName><QualifierName UI="Q{n:06}" MajorTopicYN="Y">therapy</QualifierName>'
        f"</MeshHeading>"
        for n in range(14)
    )
    references = "".join(
        f"<Reference><Citation>{_said(random, 16)}</Citation><ArticleIdList>"
        f'<ArticleId IdType="pubmed">{random.randrange(10**7)}</ArticleId>'
        f'<ArticleId IdType="doi">10.1000/r.{random.randrange(10**7)}</ArticleId></ArticleIdList>'
        f"</Reference>"
        for _ in range(55)
    )
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">{number}</PMID>'
        f"<Article><Journal><Title>Invented trials</Title><JournalIssue><PubDate><Year>2021</Year>"
        f"<Month>Mar</Month></PubDate></JournalIssue></Journal><ArticleTitle>{_said(random, 14)}"
        f"</ArticleTitle><Abstract>{sections}</Abstract><AuthorList>{authors}</AuthorList>"
        f"</Article><MeshHeadingList>{headings}</MeshHeadingList></MedlineCitation><PubmedData>"
        f'<ArticleIdList><ArticleId IdType="doi">10.1000/{number}</ArticleId></ArticleIdList>'
        f"<ReferenceList>{references}</ReferenceList></PubmedData></PubmedArticle>\n"
    )


def _timed(reader: str, path: Path) -> tuple[float, float]:
    """Read the file in a process of its own; return CPU seconds and megabytes."""
    command = [sys.executable, __file__, "--read", reader, str(path)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(told[0]), float(told[1])


def _read(reader: str, path: Path) -> None:
    start = time.process_time()
    count = _by_lxml(path) if reader == "lxml" else _by_claimgraph(path)
    spent = time.process_time() - start
    assert count
    print(spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _by_lxml(path: Path) -> int:
    from lxml import etree

    count = 0
    with gzip.open(path) as file:
        for _, element in etree.iterparse(file, tag="PubmedArticle"):
            count += bool("".join(element.itertext()))
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    return count


def _by_claimgraph(path: Path) -> int:
    from kg.model import Source
    from kg.sources import read_records

    return sum(isinstance(found, Source) for found in read_records(path))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        _read(sys.argv[2], Path(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 30_000)
