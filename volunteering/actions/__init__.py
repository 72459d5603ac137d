"""Deeds on posts, shifts, claims and service."""

from volunteering.actions.claims import claim_shift, withdraw_claim
from volunteering.actions.posts import (
    change_post,
    close_post,
    offer_post,
    publish_post,
)
from volunteering.actions.service import (
    Outcome,
    confirm_service,
    confirm_services,
    record_service,
    return_service,
)
from volunteering.actions.shifts import add_shift, change_shift

__all__ = [
    "Outcome",
    "add_shift",
    "change_post",
    "change_shift",
    "claim_shift",
    "close_post",
    "confirm_service",
    "confirm_services",
    "offer_post",
    "publish_post",
    "record_service",
    "return_service",
    "withdraw_claim",
]
