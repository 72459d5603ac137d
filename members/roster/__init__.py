"""Rosters: reading rows and planning them against recorded members."""
