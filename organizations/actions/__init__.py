"""Actions on the tree, on units, months, code lists and thresholds."""

from organizations.actions.aliases import correct_organization, set_aliases
from organizations.actions.changes import (
    Basis,
    found_with_approval,
    move_organization,
    propose_code,
    rename_organization,
)
from organizations.actions.codes import (
    change_code_item,
    change_workday,
    save_code_item,
    save_code_items,
    set_threshold,
    set_workday,
)
from organizations.actions.facts import record_fact, void_fact
from organizations.actions.handing_over import (
    give_back,
    hand_over,
    name_of,
    take_along,
)
from organizations.actions.merging import (
    merge_organization,
    moving_of,
    split_organization,
)
from organizations.actions.months import (
    close_month,
    lock_months_for_closing,
    lock_open_month,
)
from organizations.actions.recounts import request_recount
from organizations.actions.refusals import refuse_ended, refuse_non_community
from organizations.actions.tree import (
    change_organization,
    create_organization,
    create_organizations,
    end_organization,
)
from organizations.actions.units import change_unit, end_unit, record_unit
from organizations.actions.voiding import rows_of, void_decision

__all__ = [
    "Basis",
    "change_code_item",
    "change_organization",
    "change_unit",
    "change_workday",
    "close_month",
    "correct_organization",
    "create_organization",
    "create_organizations",
    "end_organization",
    "end_unit",
    "found_with_approval",
    "give_back",
    "hand_over",
    "lock_months_for_closing",
    "lock_open_month",
    "merge_organization",
    "move_organization",
    "moving_of",
    "name_of",
    "propose_code",
    "record_fact",
    "record_unit",
    "refuse_ended",
    "refuse_non_community",
    "rename_organization",
    "request_recount",
    "rows_of",
    "save_code_item",
    "save_code_items",
    "set_aliases",
    "set_threshold",
    "set_workday",
    "split_organization",
    "take_along",
    "void_decision",
    "void_fact",
]
