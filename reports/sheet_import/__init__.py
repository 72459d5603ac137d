"""Sheets of monthly returns: one row a community, read into its open return."""
