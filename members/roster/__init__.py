"""Rosters: read rows and plan them against recorded members."""
