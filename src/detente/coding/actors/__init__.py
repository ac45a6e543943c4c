"""Who is meant: names, roles, offices, what refers back, and who speaks."""
