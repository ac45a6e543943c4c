"""Event data of others: GDELT, ICEWS, POLECAT, PLOVER; in and out."""
