"""Deeds on the tree, on units and on months."""

from organizations.actions.marks import mark_stale
from organizations.actions.months import close_month, hold_month
from organizations.actions.tree import (
    change_organization,
    end_organization,
    found_organization,
    plant,
)
from organizations.actions.units import change_unit, record_unit

__all__ = [
    "change_organization",
    "change_unit",
    "close_month",
    "end_organization",
    "found_organization",
    "hold_month",
    "mark_stale",
    "plant",
    "record_unit",
]
