"""Imports, attachments, downloads and background jobs."""
