"""Rules of what a member is in from a day until a day, voided if it was a mistake."""

from typing import Any

from django.db import models
from django.db.models import Q

from core.db.constraints import NoOverlap, in_order, plausible_dates
from core.db.voidable import NOT_VOIDED, void_has_reason
from core.text import StrOrPromise


def period_rules(
    name: str,
    *more_days: str,
    one_open: StrOrPromise,
    order: StrOrPromise,
    no_overlap: StrOrPromise = "",
) -> list[Any]:
    """Return the constraints of such rows: one open at a time, ending after it begins.

    `name` begins the names of the constraints; `no_overlap` is what to say of two rows
    of one member that overlap, if they must not.
    """
    days = ("starts_on", "ends_on", *more_days, "void_month", "voided_at")
    overlap = NoOverlap(
        name=f"{name}_no_overlap",
        keys=["member"],
        condition=NOT_VOIDED,
        violation_error_message=no_overlap,
    )
    return [
        plausible_dates(*days, name=f"{name}_plausible_dates"),
        void_has_reason(f"{name}_voided_says_why", "void_month"),
        models.UniqueConstraint(
            fields=["member"],
            condition=Q(ends_on=None) & NOT_VOIDED,
            name=f"{name}_one_open",
            violation_error_message=one_open,
        ),
        *([overlap] if no_overlap else []),
        in_order(
            "starts_on", "ends_on", name=f"{name}_ends_after_start", message=order
        ),
    ]
