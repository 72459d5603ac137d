"""Registries through which lower layers call higher ones without importing them."""
