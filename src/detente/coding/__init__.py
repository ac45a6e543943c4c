"""From documents to records: who did what to whom, and what is claimed."""
