"""Figures of a place, of its children and over time, for the dashboard."""
