"""Scores of probability forecasts, one to a file; all take probabilities and outcomes (0 or 1)."""
