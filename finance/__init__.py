"""Funds in double entry: entered by one hand, approved by another."""
