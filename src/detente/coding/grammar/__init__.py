"""A parsed sentence and its grammar: the parse, its mending, clauses, subjects and what governs them."""
