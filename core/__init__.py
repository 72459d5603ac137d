"""Shared infrastructure of all apps; it has no tables and no terms of the field."""
