"""Opinions that are asked for: notices, todos, and the facts that they carry."""
