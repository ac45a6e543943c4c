"""The forecast ledger: records, resolver queries, outcomes and scores."""
