"""Counts in groups of three with commas, as statistics print them; Django's own Chinese formats leave them unbroken."""

THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
