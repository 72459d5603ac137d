"""Ratios of service, each defined once."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from figures.definitions import indicators
from figures.ratios import Ratio, live_figure, ratios
from members.duplicates.merged import whose_person_has
from volunteering.models import Claim, ServiceRecord


def served(month: dt.date) -> Q:
    """Return a condition on check-ins of members with confirmed service in a month."""
    return whose_person_has(ServiceRecord.objects.counted_in(month))


def claimed(month: dt.date) -> Q:
    """Return a condition on check-ins of members who claimed a post in a month."""
    return whose_person_has(Claim.objects.counted_in(month))


CHECKED_IN = indicators.get("members_checked_in")
SERVED = live_figure(
    "members_checked_in_served",
    _("In-service members checked in who served"),
    CHECKED_IN,
    served,
)
CLAIMED = live_figure(
    "members_checked_in_claimed",
    _("In-service members checked in who claimed a post"),
    CHECKED_IN,
    claimed,
)
ratios.add(
    Ratio(
        "members_claimed_share",
        _("Share of those checked in who claimed a post"),
        _(
            "Members who claimed a post in the month, wherever it is, among in-service"
            " members checked in here at month end."
        ),
        CLAIMED,
        CHECKED_IN,
    ),
    Ratio(
        "members_served_share",
        _("Share of those checked in who served"),
        _(
            "Members with service confirmed in the month, wherever it was, among"
            " in-service members checked in here at month end."
        ),
        SERVED,
        CHECKED_IN,
    ),
    Ratio(
        "hours_per_member",
        _("Hours of service for each member checked in"),
        _(
            "Hours confirmed in the month, divided by in-service members checked in at"
            " month end. Hours of others are among them."
        ),
        indicators.get("service_hours"),
        CHECKED_IN,
        per=_("hours each"),
    ),
)
