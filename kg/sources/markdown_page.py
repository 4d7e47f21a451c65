r"""Answers in Markdown: the marks of emphasis, links and footnotes taken out at their places.

Headings, lists and tables print the marks that a pasted answer prints, so the view that comes out,
as long as the file, is read as one. A link keeps its words, a link or footnote whose words are a
number is a citation, and the address of a link stays in the file for the reference list.

>>> from kg.sources.decoding import decode
>>> page = b"# Does it help?\n\n- **It is safe**[^1] and [works](https://x.org).[2](#ref2)\n"
>>> source = read(decode(page, "a.md"), DocumentRole.ANSWER)
>>> [(s.part.value, plain(source.view[s.start : s.end])) for s in source.segments]
[('title', 'Does it help?'), ('bullet', 'It is safe [1] and works                .[2]')]
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from kg.model import DocumentRole, Source
from kg.sources import answer_text, plain_text
from kg.sources.decoding import Decoded
from kg.text.filler import FILLER, plain

__all__ = ["FORMAT", "looks_like", "plain", "read"]

FORMAT = "markdown"
_SIGNS = re.compile(
    r"^#{1,6}\s|\*\*[^*\n]+\*\*|\]\((?:https?://|#)|^\|(?:\s?:?-{3,}:?\s?\|)+|\[\^[\w-]{1,60}\]|"
    r"<sup>\d",
    re.MULTILINE,
)
_FEWEST = 2
_SURE = re.compile(r"(?<!\S)\*\*\w[^*\n]*(?<=\S)\*\*(?!\w)|\]\(https?://|\[\^[\w-]{1,60}\]")
_FOOTNOTE = re.compile(r"\[\^([\w-]{1,60})\](:?)")
_LINK = re.compile(r"(!?)\[((?:[^\[\]\n]|\[[^\[\]\n]{1,40}\]){1,300})\]"
                   r"\(\s*<?([^()\s]{1,2000}(?:\([^()\s]*\)[^()\s]*)*)>?"
                   r"(?:\s+\"[^\"\n]*\")?\s*\)")  # fmt: skip
_RAISED = re.compile(r"<sup>\s*\[?(\d{1,3}(?:\s?[,–-]\s?\d{1,3})*)\]?\s*</sup>", re.IGNORECASE)
_RULE = re.compile(r"^[ \t]*\|?(?:\s?:?-{3,}:?\s?\|)+(?:\s?:?-{3,}:?)?[ \t]*$", re.MULTILINE)
_EMPHASIS = re.compile(r"\*\*\*|\*\*|(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])|(?<!\w)__?(?=\S)"
                       r"|(?<=\S)__?(?!\w)|`+|~~")  # fmt: skip
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
_NUMBERS = re.compile(r"\^?\d{1,3}(?:\s?[,–-]\s?\d{1,3})*")
_BRACKETS = 2
_DIGITS = 3


def looks_like(text: str) -> bool:
    r"""Whether a text prints a mark that only Markdown has, or several of those that it shares.

    >>> looks_like("# Title\n\n- Safe.<sup>1</sup>"), looks_like("It is **safe**.")
    (True, True)
    >>> looks_like("# 2 of 3"), looks_like("It was 3.2** against 4.1**.")
    (False, False)
    """
    return _SURE.search(text) is not None or len(_SIGNS.findall(text)) >= _FEWEST


def read(file: Decoded, role: DocumentRole) -> Source:
    """Read an answer, or a record, as what its Markdown shows.

    :raises SourceError: as the readers of pasted text do
    """
    shown = _view(file.text)
    laid = Decoded(file.name, file.sha256, shown)
    reader = answer_text.read if role is DocumentRole.ANSWER else plain_text.read
    found = reader(laid, role)
    document = replace(found.document, format=FORMAT, text=file.text)
    links = tuple(m.span() for m in _LINK.finditer(file.text) if not m[1] and _leads_out(m[3]))
    return replace(found, document=document, seen=shown, links=links)


def _leads_out(address: str) -> bool:
    return address.startswith(("http://", "https://"))


def _view(text: str) -> str:
    """Return the text with its marks taken out, every character at its place."""
    numbers = _footnotes(text)
    for pattern, instead in (
        (_FOOTNOTE, lambda match: _footnote(match, numbers)), (_LINK, _link), (_RAISED, _raised),
        (_RULE, _blank), (_EMPHASIS, _filled), (_ESCAPE, _unescaped),
    ):  # fmt: skip
        text = pattern.sub(instead, text)
    return text


def _footnotes(text: str) -> dict[str, str]:
    """Return name → number, as a page shows them: as named, or in order of their calls."""
    names = list(dict.fromkeys(match[1] for match in _FOOTNOTE.finditer(text) if not match[2]))
    names += [m[1] for m in _FOOTNOTE.finditer(text) if m[1] not in names]
    if all(name.isdigit() and len(name) <= _DIGITS for name in names):
        return {name: name for name in names}
    return {name: str(number) for number, name in enumerate(names, start=1)}


def _footnote(match: re.Match[str], numbers: Mapping[str, str]) -> str:
    shown = f"[{numbers[match[1]]}]"
    return shown.rjust(len(match[1]) + 3) + " " * len(match[2])


def _link(match: re.Match[str]) -> str:
    image, words = match[1], match[2]
    rest = len(match.group()) - len(words) - len(image)
    if image:
        return " " * len(match.group())
    words = words.strip("[]") if words.startswith("[") and words.endswith("]") else words
    rest = len(match.group()) - len(words) - len(image)
    if _NUMBERS.fullmatch(words.strip()):
        return f"[{words.replace('^', FILLER)}]" + FILLER * (rest - _BRACKETS)
    return FILLER + words + " " * (rest - 1)


def _raised(match: re.Match[str]) -> str:
    return f"[{match[1]}]" + FILLER * (len(match.group()) - len(match[1]) - _BRACKETS)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _filled(match: re.Match[str]) -> str:
    return FILLER * len(match.group())


def _unescaped(match: re.Match[str]) -> str:
    return FILLER + match[1]
