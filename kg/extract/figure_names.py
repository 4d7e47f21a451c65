"""Digits that are part of a name and no figure: IL-6, Phase 2, years, identifiers, markers.

>>> text = "IL-6 fell in Phase 2 (Table 3) in 2017; see [14]."
>>> [text[a:b] for a, b in names(text)]
['IL-6', 'Phase 2', 'Table 3', '2017', '[14]']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extract.figure import PLAIN

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_YEAR = r"(?:1[89]|20)[0-9]{2}(?![0-9])"
_LABELS = (
    r"phases?|tables?|figures?|figs?\.?|appendix|panels?|grades?|stages?|class|classes|types?"
    r"|level|versions?|chapters?|sections?|parts?|step|aims?|models?|question|box"
    r"|stud(?:y|ies)|trials?|experiments?|sequences?|schedules?|regimens?"
    r"|periods?|categor(?:y|ies)|quartiles?|tertiles?|quintiles?|visits?|cycles?|courses?"
    r"|suppl(?:ement(?:ary)?)?\.?|equations?|eq\.|refs?\.?|references?|pages?|pp?\.|vol(?:ume)?\.?"
    r"|no\.|schemes?|stratum|strata|zones?|rows?|columns?|case|patient|participant"
    r"|subject|exon|chromosome|codon|scenario|hypothesis|criterion|rule|note"
)
_TESTS = (
    r"walk(?:s|ing|ed)?|step|stair|chair|sit|gait|stand|rise|peg|timed|run|shuttle|dash|swim|get|up"
    r"|course|power|tandem|balance|jump|sprint"
)
_SCALES = (
    r"items?|scales?|VAS|visual|analogue|Likert|numeric(?:al)?|ordinal|rating|categorical|lead"
    r"|questions?|questionnaire|version|level|armed|arms?|group|way|sided|stage|tier(?:ed)?|component"
    r"|factor|drug|cent(?:re|er)|word|digit|letter|tailed|dimensional|part|step|lumen|channel|French"
    r"|gauge|class|category|compartment|domain"
)
_WORD_NUMBERS = r"(?:two|three|four|five|six|ten|twelve|thirty)"
_SHORT = r"(?:min(?:ute)?s?|sec(?:ond)?s?|s|m|met(?:re|er)s?|ft|f[eo]{2}t|yards?|km)"
_NOT_NAMED = (
    r"(?! ?(?:%|\([0-9.]{1,5} ?%|mg|g\b|kg|ml|mL|patients|participants|subjects|weeks|days|months"
    r"|years))"
)

_PATTERNS = (
    # identifiers and addresses
    r"(?:https?://|www\.|doi: ?|10\.[0-9]{4,9}/)[^\s,;)\]]{1,200}",
    r"\b(?:NCT|ISRCTN|ACTRN|ChiCTR|UMIN|JPRN|DRKS|CTRI|PMC|CRD|NTR|KCT|IRCT|GSE|ENSG|rs)[-A-Za-z/]"
    r"{0,6}[0-9][0-9A-Za-z/-]{1,30}",
    r"\b(?:PMID|PMCID|ISSN|ISBN|EudraCT|ORCID|MeSH|ICD)\b[:.]? ?"
    r"(?:[A-Za-z]{1,7}:? ?)?[0-9][-0-9X.]{0,25}",
    # volumes and pages, dates, clock times, years, ratios of allocation
    r"\b[0-9]{1,4} ?\([0-9]{1,4}(?:[-/ ]?[A-Za-z0-9]{1,8})?\): ?[eE]?[0-9]{1,7}(?:-[0-9]{1,7})?",
    rf"\b{_YEAR} ?(?:{_MONTH} ?[0-9]{{0,2}})?;[0-9A-Za-z() :-]{{1,30}}[0-9]",
    r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b",
    r"\b[0-9]{1,2}/[0-9]{1,2}/(?:[0-9]{4}|[0-9]{2})\b",
    rf"\b(?:[0-9]{{1,2}}(?:st|nd|rd|th)? (?:of )?)?{_MONTH} "
    rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)?,? )?{_YEAR}",
    rf"\b[0-9]{{1,2}} {_MONTH}(?![a-z])|\b{_MONTH} [0-9]{{1,2}}(?![0-9%.])(?! ?(?:mg|patients))",
    rf"\b{_YEAR} ?(?:-|/|to) ?(?:{_YEAR}|[0-9]{{2}}\b)",
    rf"(?<![0-9A-Za-z.,/-])(?<![=<>] ){_YEAR}(?![.,][0-9])(?! ?[%/x\[±])"
    r"(?!(?: |-)(?:[a-z][a-z-]{1,20} )?(?:mg|g|kg|ml|mL|m|IU|U|kcal|steps|patients|participants"
    r"|subjects|people|adults|women|men|children|persons|cells|points|days|hours|individuals|cases|deaths)\b)",
    r"\b[0-9]{1,2}:[0-9]{1,2}(?::[0-9]{1,2}){0,2}\b",
    r"\b24/7\b|\b(?:mid-|early |late )?[0-9]0s\b",
    # markers of references
    r"\[[0-9]{1,3}(?: ?[,;-] ?[0-9]{1,3}){0,20}\]",
    r"(?<=[.!?\"']) ?\([0-9]{1,3}(?: ?[,;-] ?[0-9]{1,3}){0,20}\)",
    r"(?<=[A-Za-z]) ?\([0-9]{1,3}(?: ?[,-] ?[0-9]{1,3}){0,20}\)(?=\.?\s*(?:$|\n|\.))",
    r"(?<=[A-Za-z)%\]][.!?]) ?[0-9]{1,3}(?: ?[,-] ?[0-9]{1,3}){0,20}(?=\s*(?:$|\n)|\s+[A-Z])"
    r"(?! (?:May|Mg)\b)",
    r"(?m:^[ \t]{0,8}[0-9]{1,3}[.)](?=[ \t]))",
    # a level that is told without its bounds
    r"9[059](?:\.[0-9])? ?%(?= ?-?(?:CIs?\b|CrI|[Cc]onfidence|[Cc]redib))",
    # enumerators: 2) to assess
    r"(?m:^)\([1-9]\)(?= [a-zA-Z])",
    r"(?:(?<=[,;:] )|(?<=and )|(?<=were )|(?<=to ))\(?[1-9]\)(?= [a-zA-Z])",
    # labels: Phase 2, Table 3A, Figures 1 and 2
    rf"\b(?i:{_LABELS})(?: |-)?[0-9]{{1,3}}[a-zA-Z]?"
    rf"(?![0-9A-Za-z%]|\.[0-9]|,[0-9]{{3}}){_NOT_NAMED}"
    rf"(?:(?:,|/|-| and| or| to|, and| &) ?[0-9]{{1,3}}[a-zA-Z]?"
    rf"(?![0-9A-Za-z%]|\.[0-9]){_NOT_NAMED}"
    r"){0,6}",
    rf"\b(?i:groups?|arms?|cohorts?)(?: |-)[1-9](?![0-9A-Za-z%-]|\.[0-9]){_NOT_NAMED}"
    rf"(?:(?:,|/| and| or|, and) ?[1-9](?![0-9A-Za-z%]|\.[0-9]){_NOT_NAMED}){{0,6}}",
    r"\b(?:walk(?:s|ed|ing)?|go|cover(?:s|ed)?|distance)(?: [a-z]{1,12}){0,2} (?:in|over)"
    r" (?:six|6|two|2|twelve|12)(?: |-)min(?:ute)?s?\b",
    # degrees of response: PASI 75, ACR 20
    r"\b(?:PASI|EASI|ACR|ASAS|HiSCR|SALT|SRI)[ -](?:20|30|40|50|60|70|75|90|100)(?![0-9%.]|-[0-9])",
    r"\b[Pp]hase (?:I{1,3}|IV)[ab]?(?:/(?:I{1,3}|IV|[0-9])[ab]?)?(?![A-Za-z])",
    # tests and scales: 6-minute walk, 36-item, 100-mm VAS, 0-10 scale
    rf"\b(?:{PLAIN}|{_WORD_NUMBERS})(?: |-){_SHORT}(?: |-)(?:[a-z]{{1,12}}(?: |-))?(?:{_TESTS})\b",
    r"\b[0-9]{1,3}(?: |-)(?:mm|cm|points?)(?:,? |-)(?:[a-z]{1,12} )?"
    r"(?:VAS|visual|Likert|scales?|numeric(?:al)?|ordinal|rating|categorical|pain scale)\b",
    rf"\b[0-9]{{1,3}}-(?:{_SCALES})\b",
    r"\b(?:[0-9]{1,3} ?(?:-|to) ?)?[0-9]{1,3}(?: |-)(?:scale|NRS|VAS)\b",
    r"(?i:\b(?:scale|scored|scores?|rated) (?:of|from|on a scale of)) "
    r"[0-9]{1,3} ?(?:-|to) ?[0-9]{1,3}",
    r"\b(?:95|90|99)(?:th|st|nd|rd)?[ -](?:per)?centiles?\b",
    # PaCO(2), (133)Xe, coronavirus 2, registered No. 1234567, a third
    r"(?<=[A-Za-z])\([0-9]{1,2}[+-]?\)(?![0-9])|\([0-9]{2,3}\)[A-Z][a-z]?\b",
    r"(?<=[A-Za-z])\(-[0-9]\)",
    r"\bcoronavirus[ -][0-9]\b|\b[Nn]o\. ?[0-9][0-9/-]{3,20}|(?<![0-9/.])1/[23](?![0-9/.])",
    # names with digits: IL-6, SF-36, CD4+, FEV1, B12, 5-HT, 6MWT, 17beta-estradiol, 1st
    r"\b(?!(?i:days?|weeks?|months?|years?)-)[A-Za-zα-ωΑ-Ω][A-Za-zα-ωΑ-Ω0-9]{0,30}-(?!million)[0-9]{1,4}(?![0-9%]|\.[0-9])(?:[-/][0-9]{1,4})?[A-Za-zα-ω+]{0,12}"
    r"(?:-[A-Za-z0-9]{1,20}){0,3}",
    r"\b[A-Za-zα-ωΑ-Ω]{1,30}[0-9][A-Za-zα-ωΑ-Ω0-9+]{0,30}(?:,[0-9]{1,3}(?![0-9])){0,6}"
    r"(?:[-/][A-Za-z0-9]{1,20}){0,3}",
    r"\b[0-9]{1,3}(?:st|nd|rd|th)\b",
    r"\b[0-9]{1,3},[0-9]{1,3}-[A-Za-z(][A-Za-z0-9()-]{0,30}",
    r"\b[0-9]{1,3}(?:-(?:HT|FU|OH|RM|D|ASA|hydroxy[A-Za-z]{0,20}|fluoro[A-Za-z]{0,20}|keto[a-z]{0,20}"
    r"|alpha|beta|azacitidine|oxo[a-z]{0,20}|methyl[a-z]{0,20}|amino[a-z]{0,20})\b|\(OH\)D?[0-9]{0,1}"
    r"|(?:MW[TD]|RM|D|HT|FU|MWD|MWT|F|T|β|α)\b)",
)

_NUMBER = re.compile(rf"[0-9]|{_WORD_NUMBERS}")

# Where one of the patterns can begin at all: told first, so that the others are not all tried at
# each letter of a text.
_BEGINS = (
    r"(?:\b(?=[0-9A-Za-zα-ωΑ-Ω])|(?=[\[(]|[ \t]{1,8}[0-9(]|https?:|www\.|doi:|10\.|9[059]"
    r"|1[89/]|20))"
)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(_BEGINS + "(?:" + "|".join(f"(?:{source})" for source in _PATTERNS) + ")")


@cache
def _statistic() -> re.Pattern[str]:
    """Match what looks like a name and is a statistic: ``CI95``, ``P0.05``, ``x10``, ``n12``."""
    return re.compile(r"(?:CI|C\.I\.|P|p|n|N|x|to|USD|EUR|OR|HR|RR)-?[0-9]")


def names(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of a matching copy whose digits are names, in text order."""
    if not _NUMBER.search(text):
        return
    at = 0
    while match := _pattern().search(text, at):
        start, end = match.span()
        if _statistic().match(text, start):
            at = start + 1
            continue
        lead = len(match.group()) - len(match.group().lstrip())
        yield start + lead, end
        at = max(end, start + 1)
