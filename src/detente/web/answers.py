"""A page's content as HTML, JSON or CSV: one struct, three forms."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import UTC, datetime
from email.utils import formatdate
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from litestar import MediaType, Request, Response

from detente.exchange.lines import spreadsheet_safe
from detente.web import words
from detente.web.desk import AS_OF, Desk, Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jinja2 import Environment


Asked = Request[Any, Any, Any]
HERE = Path(__file__).parent
_CSV_TYPE = "text/csv"


def twin(request: Asked) -> str:
    """Return which form of the page is asked for: ``html``, ``json`` or ``csv``."""
    return str(request.scope.get("state", {}).get("twin", "html"))


def wants_fragment(request: Asked) -> bool:
    """Whether htmx asks, for a part of the page."""
    return request.headers.get("hx-request") == "true"


def answer(
    request: Asked, template: str, content: msgspec.Struct, *, reader: str = ""
) -> Response[Any]:
    """Return a page's content in the form asked for, with an entity tag.

    Args:
        request: What was asked.
        template: The page's template.
        content: What stands on it, and in its twins.
        reader: The name of who reads it, for its forms.
    """
    form, path, query = twin(request), request.url.path, request.url.query or ""
    desk: Desk = request.app.state.desk

    def make() -> Page:
        if form == "json":
            body = msgspec.json.encode(content)
        elif form == "csv":
            body = to_csv(content)
        else:
            values = {"page": content, "path": path, "query": query, "reader": reader}
            body = page(template, **values, as_of=as_of()).encode()
        return body, entity_tag(body)

    made = desk.rendered((template, form, path, query, reader), content, make)
    kind = {"json": MediaType.JSON, "csv": _CSV_TYPE}.get(form, MediaType.HTML)
    return _sent(request, made, kind, attachment=_file_name(request) if form == "csv" else None)


def as_of() -> datetime | None:
    """Return of when the numbers of this request are, None for now."""
    when = AS_OF.get()
    return None if when is None else datetime.fromtimestamp(when, UTC)


def entity_tag(body: bytes) -> str:
    """Return the hash of a body, in quotes."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def tagged(request: Asked, body: bytes, media_type: str) -> Response[Any]:
    """Return a body with its hash as entity tag; 304 where the asker has it already."""
    return _sent(request, (body, entity_tag(body)), media_type)


def _sent(
    request: Asked, made: Page, media_type: str, *, attachment: str | None = None
) -> Response[Any]:
    body, tag = made
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "HX-Request"}
    when = AS_OF.get()
    if when is not None:
        headers["Last-Modified"] = formatdate(when, usegmt=True)
    known = request.headers.get("if-none-match", "")
    if tag in {part.strip().removeprefix("W/") for part in known.split(",")}:
        return Response(None, status_code=304, headers=headers)
    if attachment is not None:
        headers["Content-Disposition"] = f'attachment; filename="{attachment}"'
    return Response(body, media_type=media_type, headers=headers)


def _file_name(request: Asked) -> str:
    """Return a plain file name from the path."""
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in request.url.path)
    return f"detente{kept[:80].rstrip('-')}.csv"


def to_csv(content: msgspec.Struct) -> bytes:
    """Return a page's content as one CSV table.

    Column ``part`` says which part of the page a row belongs to: ``page`` for its single values,
    else the name of the list. Cells that a spreadsheet would run as a formula get an apostrophe.
    """
    values: dict[str, Any] = msgspec.to_builtins(content)
    single = {name: value for name, value in values.items() if not isinstance(value, (list, tuple))}
    rows: list[dict[str, Any]] = [{"part": "page", **single}]
    for name, value in values.items():
        if isinstance(value, (list, tuple)):
            rows += [
                {"part": name, **(one if isinstance(one, dict) else {"value": one})}
                for one in value
            ]
    return csv_rows(dict.fromkeys(key for row in rows for key in row), rows)


def csv_rows(fields: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return rows as CSV; what is nested stands as JSON."""
    names = list(fields)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(names)
    writer.writerows([cell(row.get(name)) for name in names] for row in rows)
    return out.getvalue().encode("utf-8")


def cell(value: Any) -> str | int | float:  # noqa: ANN401
    """Return a value as a cell; numbers stay numbers, text cannot start a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, (list, tuple, dict)):
        if not isinstance(value, dict) and all(isinstance(one, str) for one in value):
            return spreadsheet_safe(";".join(value))
        return spreadsheet_safe(msgspec.json.encode(value).decode())
    return spreadsheet_safe(str(value))


def page(template: str, **values: Any) -> str:  # noqa: ANN401
    """Render a template; every value is escaped."""
    return templates().get_template(template).render(**values)


@cache
def templates() -> Environment:
    """Return the environment of the templates."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(words.FILTERS)
    environment.globals.update(words.GLOBALS, assets=_assets())
    return environment


def _assets() -> str:
    """Return a short hash of the static files, which their addresses carry."""
    digest = hashlib.sha256()
    for path in sorted((HERE / "static").rglob("*")):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:10]
