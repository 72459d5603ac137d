"""Whom to prompt to transfer, and where a transfer lies."""
