"""The pages: each route loads its content, shows it as HTML, or gives it as JSON or CSV."""

from detente.web.pages import forecasts, reading, relations, review

HANDLERS = [*relations.HANDLERS, *reading.HANDLERS, *forecasts.HANDLERS, *review.HANDLERS]
"""Every page's route handler."""
