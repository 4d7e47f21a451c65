"""What stands where a group's name does and names none: ``followed``, ``nine``, ``week 24``.

>>> [refused(label) for label in ("drugol", "because of adverse events", "followed", "24")]
[False, True, True, True]
"""

from __future__ import annotations

import re

from kg.text.lexicon import categories, concepts
from kg.text.tokens import words

# what no name of a group has in it
_NEVER_IN = {
    "because", "double-blind", "double-blinded", "single-blind", "did", "do", "does", "undergo",
    "undergoing", "underwent", "apportioned", "evaluated", "assigning", "offered", "offering",
    "decrease", "increase", "complications", "successive", "randomisation", "randomization",
    "scores", "score", "effects", "changes", "mostly", "mainly", "adverse", "endpoint",
    "endpoints", "outcome", "outcomes", "listened", "reached", "reduce", "balanced", "p-value",
    "versus", "than", "during", "throughout", "them", "oncology", "subsample", "dataset", "women's",
}  # fmt: skip
# what is no name alone
_NEVER_ALONE = {
    "followed", "studied", "applied", "previously", "particularly", "largely", "another", "large",
    "larger", "local", "day", "days", "wk", "mo", "min", "week", "weeks", "hour", "third", "fourth",
    "responses", "response", "breakfast", "divided", "starting", "priority", "efficacy", "safety",
    "primary", "secondary", "density", "depth", "fullness", "classes", "cluster", "multivariate",
    "univariate", "diagnosis", "improving", "cross-sectional", "prediction", "immunogenicity",
    "encounters", "reach", "contrast", "part", "real", "maintenance", "recovery", "animals",
    "random", "fast", "conducted", "performed", "included", "cooperative", "reported", "observed",
    "measured", "respectively", "additional", "additionally", "similar", "similarly", "overall",
    "subsequently", "finally", "thus", "moreover", "however", "also", "especially", "follow-up",
    "final", "initial", "initially", "later", "earlier", "thereafter", "months", "minutes",
    "two", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty", "thirty",
    "racial/ethnic", "visits", "interim", "post-hoc", "per-protocol", "intention-to-treat",
    "subgroup", "subgroups", "sensitivity", "specificity", "prognosis", "incidence", "prevalence",
    "mortality", "survival", "morbidity", "quality", "costs", "benefit", "benefits", "harm",
    "pain", "toxicity", "tolerability", "adherence", "compliance", "questionnaire", "interview",
    "interviews", "sex", "gender", "race", "ethnicity", "body", "weight", "height", "nationally",
}  # fmt: skip
_UNITS = re.compile(r"(?:week|day|month|year|visit|hour|minute|wk|mo)s? \d+")


def refused(label: str) -> bool:
    """Whether a label that stands in a group's place names no group."""
    tokens = words(label)
    lowers = [w.lower for w in tokens]
    if not lowers or _NEVER_IN.intersection(lowers) or _UNITS.fullmatch(label.lower()):
        return True
    if len(lowers) == 1:
        word = lowers[0]
        return word in _NEVER_ALONE or not any(c.isalpha() for c in word)
    found = concepts(tokens)
    covers = len(found) == 1 and found[0].first == 0 and found[0].last == len(tokens) - 1
    return covers and categories().get(found[0].key) == "outcome"
