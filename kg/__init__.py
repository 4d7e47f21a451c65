"""claimgraph: a medical answer and the records that it cites as a graph of claims and evidence.

>>> import kg
>>> kg.__all__
['Audit', 'EvidenceGraph', 'Selection', 'audit', 'check', 'load']
"""

__version__ = "0.1.0"

from kg.api import Audit, EvidenceGraph, Selection, audit, check, load

__all__ = ["Audit", "EvidenceGraph", "Selection", "audit", "check", "load"]
