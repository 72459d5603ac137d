"""Actions on posts, shifts, claims and service."""

from volunteering.actions.claims import claim_shift, mark_missed, withdraw_claim
from volunteering.actions.posts import (
    change_post,
    close_post,
    offer_post,
    publish_post,
)
from volunteering.actions.service import (
    Attended,
    ConfirmationResult,
    confirm_service,
    confirm_services,
    describe_attendance,
    max_hours,
    record_attendance,
    record_service,
    return_service,
    take_back_confirmation,
)
from volunteering.actions.shifts import (
    add_shift,
    cancel_shift,
    change_shift,
    find_clashes,
)

__all__ = [
    "Attended",
    "ConfirmationResult",
    "add_shift",
    "cancel_shift",
    "change_post",
    "change_shift",
    "claim_shift",
    "close_post",
    "confirm_service",
    "confirm_services",
    "describe_attendance",
    "find_clashes",
    "mark_missed",
    "max_hours",
    "offer_post",
    "publish_post",
    "record_attendance",
    "record_service",
    "return_service",
    "take_back_confirmation",
    "withdraw_claim",
]
