"""Rendering: a brief as Markdown, or as one HTML file that stands alone.

All text of documents is escaped. The HTML holds no script and asks the network for nothing, and its
content security policy says so.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.brief import wording
from detente.brief.cite import ranges
from detente.brief.drawings import radar, sparkline
from detente.brief.issue import Issue
from detente.brief.timeline import timeline
from detente.brief.wording import plain, short, signed
from detente.relations.incidents import day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Environment
    from markupsafe import Markup

    from detente.brief.model import Brief, Citation, Section

TEMPLATES = Path(__file__).parent / "templates"
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


def to_markdown(note: Brief | Issue) -> str:
    """Return a note as Markdown; what documents say is escaped."""
    if isinstance(note, Issue):
        return _environment(html=False).get_template("issue.md.j2").render(issue=note)
    return _environment(html=False).get_template("brief.md.j2").render(brief=note)


def to_html(note: Brief | Issue) -> str:
    """Return a note as one HTML file without scripts or outside parts."""
    if isinstance(note, Issue):
        return _issue_page(note)
    return page("brief.html.j2", brief=note, timeline=_markup(_timeline(note)))


def _issue_page(issue: Issue) -> str:
    drawn = radar(
        [partner.name for partner in issue.partners],
        [partner.compared.index for partner in issue.partners],
        [partner.compared.before_index for partner in issue.partners],
    )
    sparks = [
        _markup(sparkline(partner.values, title=f"Index with {partner.name}, oldest first"))
        for partner in issue.partners
    ]
    return page("issue.html.j2", issue=issue, radar=_markup(drawn), sparks=sparks)


def page(template: str, **values: Any) -> str:  # noqa: ANN401
    """Render an HTML template with the style sheet and the policy that allows it alone."""
    style = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    found = _environment(html=True).get_template(template)
    return found.render(style=_markup(style), policy=policy, **values)


def markdown(text: str) -> str:
    """Escape text for Markdown: ``*`` and the like, what could be HTML, what could steer a terminal."""
    shown = "".join(sign if sign.isprintable() else _unseen(sign) for sign in text)
    escaped = _SPECIAL.sub(r"\\\1", " ".join(shown.split())).replace("&", "&amp;")
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", re.sub(r"^([-+=])", r"\\\1", escaped))


def _unseen(sign: str) -> str:
    """Return what stands for a sign that is not printed: nothing for one that joins or directs."""
    return "" if unicodedata.category(sign) == "Cf" else " "


def marks(cites: Iterable[int]) -> str:
    """Return citations as ``[1][2][4–7]``."""
    shown = []
    for first, last in ranges(cites):
        if last > first + 1:
            shown.append(f"[{first}–{last}]")
        else:
            shown += [f"[{number}]" for number in range(first, last + 1)]
    return "".join(shown)


def links(cites: Iterable[int]) -> Markup:
    """Return citations as links to the list of sources."""
    parts = []
    for first, last in ranges(cites):
        ends = [first] if first == last else [first, last]
        between = "–" if last > first + 1 else ", "
        parts.append(between.join(f'<a href="#c{n}">{n}</a>' for n in ends))
    return _markup(f'<sup class="cites">[{", ".join(parts)}]</sup>' if parts else "")


def groups(section: Section) -> list[tuple[str, list[Any]]]:
    """Return the items of a section under their headings, in order."""
    found: list[tuple[str, list[Any]]] = []
    for item in section.items:
        if not found or found[-1][0] != item.group:
            found.append((item.group, []))
        found[-1][1].append(item)
    return found


def origin(citation: Citation) -> str:
    """Return publisher and date of a citation: ``Example Wire, 21 Oct 2016``."""
    when = day(citation.published)
    return ", ".join(part for part in (citation.publisher, short(when) if when else None) if part)


def period(brief: Brief) -> str:
    """Return the period of a brief in words."""
    if brief.since is None or brief.until is None:
        return ""
    if brief.since == brief.until:
        return plain(brief.since)
    return f"{plain(brief.since)} to {plain(brief.until)}"


def anchor(code: str) -> str:
    """Return a code as an HTML id: ``BLOC:west`` becomes ``p-BLOC-west``."""
    return "p-" + re.sub(r"[^A-Za-z0-9_-]", "-", code)


def _timeline(brief: Brief) -> str:
    return timeline(brief.timeline, scale=brief.scale)


def _markup(text: str) -> Markup:
    from markupsafe import Markup

    return Markup(text)


@cache
def _environment(*, html: bool) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        md=markdown,
        marks=marks,
        links=links,
        groups=groups,
        origin=origin,
        period=period,
        day=plain,
        to=wording.period,
        signed=signed,
        anchor=anchor,
        inner=wording.inner,
    )
    return environment
