"""Files inside a mail, as items of their own."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from detente.ingest import sniff
from detente.ingest.items import Hints, Item
from detente.ingest.streams import buffered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.read.draft import Draft


def items(draft: Draft, mail: Item) -> Iterator[Item]:
    """Yield the attachments of a mail; its date is theirs where they have none.

    Args:
        draft: The mail's draft.
        mail: Where the mail came from; ``#name`` is added for an attachment.
    """
    hints = Hints(published=draft.published, publisher=draft.publisher)
    for attachment in draft.attachments:
        name = attachment.name.replace("\\", "/").rsplit("/", 1)[-1]
        shown = name.encode("utf-8", "backslashreplace").decode("utf-8")
        yield Item(
            source=f"{mail.source}#{shown}",
            name=shown,
            kind=sniff.kind(attachment.data[: sniff.HEAD_BYTES], shown),
            stream=buffered(io.BytesIO(attachment.data)),  # type: ignore[arg-type]
            hints=hints,
        )
