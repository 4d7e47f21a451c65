"""What a person or a script reads of an audit: text, JSON, Markdown, one HTML file.

:func:`kg.report.view.view` makes the one object that all of them show; :func:`render` writes it.

>>> from kg.model import Dossier
>>> from kg.report.view import view
>>> print(render(view(Dossier()), {}, "human", exit_code=0), end="")
<BLANKLINE>
0 statements
  0% of the statements were judged against a record in hand. Only “supported” counts as a pass.
<BLANKLINE>
0 errors, 0 warnings → exit 0
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.model import DocumentText

AUDIT_FORMATS = ("human", "json", "markdown", "html", "sarif", "junit")


def render(
    view: Mapping[str, Any],
    texts: Mapping[str, DocumentText | None],
    fmt: str,
    *,
    exit_code: int | None = None,
    verbosity: int = 0,
    colour: bool = False,
) -> str:
    """Write an audit in one of :data:`AUDIT_FORMATS`.

    :param view: the object of :func:`kg.report.view.view`
    :param texts: the documents' texts by digest, from :func:`kg.report.view.texts`
    :param exit_code: what the command ends with; the human form tells it
    :param verbosity: of the human form: below 0 the table alone, above 0 everything
    :param colour: whether the human form may colour, that is, whether it goes to a terminal
    :raises UsageError: for any other format
    """
    if fmt == "json":
        from kg.report.json_text import json_text

        return json_text(view)
    if fmt == "markdown":
        from kg.report.markdown import audit_markdown

        return audit_markdown(view, texts)
    if fmt == "html":
        from kg.report.html import audit_html

        return audit_html(view, texts)
    if fmt == "sarif":
        from kg.report.sarif import audit_sarif

        return audit_sarif(view, texts)
    if fmt == "junit":
        from kg.report.junit import audit_junit

        return audit_junit(view)
    if fmt == "human":
        from kg.report.human import audit_lines
        from kg.report.lines import coloured, plain

        lines = audit_lines(view, texts, exit_code=exit_code, verbosity=verbosity)
        return coloured(lines) if colour else plain(lines)
    what = f"no audit report is called {fmt!r}"
    raise UsageError(what, expected=", ".join(AUDIT_FORMATS))
