"""Superiors' own workbooks: what belongs into their cells, proposed and read."""
