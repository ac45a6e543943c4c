"""Series, index, agenda, competence, channels and shifts of a relation."""
