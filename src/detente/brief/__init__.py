"""Written output: a cited brief on one relation, and the barometer issue of one country.

``write(view, "BLR", "USA")`` gives a ``Brief``; ``to_markdown`` and ``to_html`` render it.
"""

from detente.brief.issue import Issue, compose_issue, write_issue
from detente.brief.model import Brief, Citation, Cited, Item, Point, Section
from detente.brief.render import issue_to_html, issue_to_markdown, to_html, to_markdown
from detente.brief.writer import compose, write

__all__ = [
    "Brief",
    "Citation",
    "Cited",
    "Issue",
    "Item",
    "Point",
    "Section",
    "compose",
    "compose_issue",
    "issue_to_html",
    "issue_to_markdown",
    "to_html",
    "to_markdown",
    "write",
    "write_issue",
]
