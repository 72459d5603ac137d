"""Constraints, triggers, scoped querysets, encrypted columns and locks."""
