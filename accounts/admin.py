"""Accounts, duties and the trail in the browser admin."""
