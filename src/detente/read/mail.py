"""Mail (eml): headers, the plain text before the HTML, attachments. Runs in the child."""

from __future__ import annotations

import email
import email.policy
import email.utils
from typing import TYPE_CHECKING, Any

from detente.errors import ReadError
from detente.read import encoding, layout, normal
from detente.read.draft import Attachment, Draft

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from detente.read.formats import Request

_KNOWN = ("txt", "md", "html", "htm", "pdf", "docx", "eml", "jsonl", "csv", "parquet", "zip", "gz")
_MOST_ATTACHMENTS = 100
_HEADERS = (
    "subject",
    "from",
    "date",
    "to",
    "message-id",
    "mime-version",
    "received",
    "return-path",
)


def read(request: Request) -> Iterator[Draft]:
    """Yield the draft of one mail, with its attachments."""
    message: Any = email.message_from_bytes(request.data, policy=email.policy.default)
    if not any(name in message for name in _HEADERS):
        raise ReadError("format", "it has none of the headers of a mail")
    draft = Draft(paragraphs=[])
    _fill(draft, message, request.max_depth)
    subject = _header(message, "subject")
    draft.title = subject
    draft.headline = subject
    _sender(draft, message)
    draft.published = _date(message)
    layout.shape(draft)
    yield draft


def _fill(draft: Draft, message: EmailMessage, depth: int) -> None:
    """Add text and attachments; mails inside are read down to a depth."""
    body = message.get_body(preferencelist=("plain", "html"))
    if body is not None:
        _add_body(draft, body)  # type: ignore[arg-type]
    for part in _attachments(message):
        if part.get_content_type() == "message/rfc822":
            if depth <= 1:
                draft.flags.append("mail_nested_too_deep")
                continue
            inner = part.get_content()
            draft.attachments.append(
                Attachment(name=part.get_filename() or "message.eml", data=inner.as_bytes())
            )
            continue
        name = part.get_filename() or ""
        if name.rpartition(".")[2].lower() in _KNOWN:
            data = part.get_payload(decode=True)
            if isinstance(data, bytes) and data:
                draft.attachments.append(Attachment(name=name, data=data))
        elif name:
            draft.flags.append("attachment_not_read")


def _attachments(message: EmailMessage) -> list[Any]:
    found = list(message.iter_attachments()) if message.is_multipart() else []
    if len(found) > _MOST_ATTACHMENTS:
        raise ReadError("too_many_members", f"it has more than {_MOST_ATTACHMENTS} attachments")
    return found


def _add_body(draft: Draft, body: EmailMessage) -> None:
    data = body.get_payload(decode=True)
    if not isinstance(data, bytes) or not data:
        return
    decoded = encoding.decode(data, declared=body.get_content_charset())
    draft.flags += decoded.flags
    if body.get_content_type() == "text/html":
        from detente.read import html
        from detente.read.formats import Request

        page = Request(kind="html", data=decoded.text.encode("utf-8", "replace"), charset="utf-8")
        draft.paragraphs += next(html.read(page)).paragraphs
    else:
        draft.paragraphs += layout.paragraphs(normal.clean(decoded.text, draft.flags))


def _sender(draft: Draft, message: EmailMessage) -> None:
    """Take the sender's name as author and what stands behind the @ as publisher."""
    name, address = email.utils.parseaddr(_header(message, "from") or "")
    draft.author = name or address or None
    draft.publisher = address.rpartition("@")[2] or None


def _header(message: EmailMessage, name: str) -> str | None:
    """Return a header; one that cannot be parsed as it stands."""
    try:
        value = message.get(name)
    except (ValueError, IndexError, AttributeError, TypeError):
        value = next((v for k, v in message.raw_items() if k.lower() == name), None)
    return str(value).strip() or None if value is not None else None


def _date(message: EmailMessage) -> str | None:
    """Return the date of sending as the sender's clock has it; else the header as it stands."""
    text = _header(message, "date")
    try:
        return email.utils.parsedate_to_datetime(text or "").date().isoformat()
    except (ValueError, TypeError, IndexError):
        return text
