"""Actions on the tree, on units, months, code lists and thresholds."""

from organizations.actions.aliases import correct_organization, keep_aliases
from organizations.actions.codes import (
    change_code_item,
    change_workday,
    keep_code_item,
    keep_code_items,
    set_threshold,
    set_workday,
)
from organizations.actions.months import (
    close_month,
    lock_months_for_closing,
    lock_open_month,
)
from organizations.actions.places import refuse_ended, refuse_non_community
from organizations.actions.recounts import request_recount
from organizations.actions.tree import (
    change_organization,
    end_organization,
    found_organization,
    found_organizations,
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
    "found_organizations",
    "keep_aliases",
    "keep_code_item",
    "keep_code_items",
    "lock_months_for_closing",
    "lock_open_month",
    "record_unit",
    "refuse_ended",
    "refuse_non_community",
    "request_recount",
    "set_threshold",
    "set_workday",
]
