"""The store: one folder that holds documents, records and the ledger."""
