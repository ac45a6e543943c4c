"""REST: its own description as OpenAPI."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from litestar import MediaType, Response, get

from detente.web.answers import Asked, tagged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from litestar.types import ControllerRouterHandler


@get("/openapi.json", sync_to_thread=True, include_in_schema=False)
def get_description(request: Asked) -> Response[Any]:
    """Give the description of this interface as OpenAPI 3.1."""
    found = request.app.openapi_schema.to_schema()
    return tagged(request, msgspec.json.encode(found), MediaType.JSON)


HANDLERS: Sequence[ControllerRouterHandler] = [get_description]
