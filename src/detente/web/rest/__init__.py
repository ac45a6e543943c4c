"""REST under ``/api/v1``: the same questions as the pages, and records one by one."""

from detente.web.rest import description, documents, records, relations, review
from detente.web.rest.answers import documented

HANDLERS = documented(
    [
        *description.HANDLERS,
        *documents.HANDLERS,
        *records.HANDLERS,
        *relations.HANDLERS,
        *review.HANDLERS,
    ]
)
"""Every route handler of the API."""
