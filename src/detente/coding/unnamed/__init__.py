"""Parties that the clause of an act does not name: from the sentence, the document, or what goes without saying."""
