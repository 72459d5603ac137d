"""Reads for pages and sheets, each returning named rows."""

from reports.queries.cells import Cell, cells_of, grouped
from reports.queries.growth import Growth, growth
from reports.queries.overview import Overview, overview
from reports.queries.summary import Summary, summary

__all__ = [
    "Cell",
    "Growth",
    "Overview",
    "Summary",
    "cells_of",
    "grouped",
    "growth",
    "overview",
    "summary",
]
