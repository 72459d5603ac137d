"""The organization tree, resident units, months, code lists and thresholds."""
