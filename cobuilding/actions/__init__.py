"""Actions of co-building."""

from cobuilding.actions.agreements import (
    change_agreement,
    draft_agreement,
    end_agreement,
    sign_agreement,
    terms_of,
)
from cobuilding.actions.measuring import measure_targets
from cobuilding.actions.targets import add_target, remove_target

__all__ = [
    "add_target",
    "change_agreement",
    "draft_agreement",
    "end_agreement",
    "measure_targets",
    "remove_target",
    "sign_agreement",
    "terms_of",
]
