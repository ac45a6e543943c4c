"""The pages: each route loads its content, shows it as HTML, or gives it as JSON or CSV."""

from detente.web.pages import forecasts, notes, reading, relations, review

HANDLERS = [
    *relations.HANDLERS, *notes.HANDLERS, *reading.HANDLERS, *forecasts.HANDLERS, *review.HANDLERS,
]  # fmt: skip
"""Every page's route handler."""
