"""Resident units kept to their word: agreements, targets."""
