"""Deeds on the tree, on units, on months and on the numbers of rules."""

from organizations.actions.aliases import correct_organization, keep_aliases
from organizations.actions.codes import (
    change_code_item,
    change_workday,
    keep_code_item,
    keep_code_items,
    set_threshold,
    set_workday,
)
from organizations.actions.months import close_month, hold_month, keep_out
from organizations.actions.places import refuse_ended, refuse_other_places
from organizations.actions.recounts import request_recount
from organizations.actions.tree import (
    change_organization,
    end_organization,
    found_organization,
    plant,
)
from organizations.actions.units import change_unit, end_unit, record_unit

__all__ = [
    "change_code_item",
    "change_organization",
    "change_unit",
    "change_workday",
    "close_month",
    "correct_organization",
    "end_organization",
    "end_unit",
    "found_organization",
    "hold_month",
    "keep_aliases",
    "keep_code_item",
    "keep_code_items",
    "keep_out",
    "plant",
    "record_unit",
    "refuse_ended",
    "refuse_other_places",
    "request_recount",
    "set_threshold",
    "set_workday",
]
