"""Matters with an owner, steps and a deadline."""
