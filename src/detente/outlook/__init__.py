"""The forecast ledger: resolvers, scores and forecasters."""
