"""Resident units kept to their word: projects, agreements, targets."""
