"""Rosters: reading a row, judging it against the records."""
