"""Data that analysts edit, and its validating loader."""
