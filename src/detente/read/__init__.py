"""From bytes to documents: formats, metadata, language, near-duplicates."""
