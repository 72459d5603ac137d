"""The numbers beside the list of pay, each with the rows behind it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.enums import ReserveOutcome, VacatingReason
from communities.models import Reserve
from communities.pay import format_amount, left_lately, summarize_pay
from communities.querysets import SeatHoldingQuerySet
from core.actors import Actor
from core.months import today
from core.web.components import DetailRow, Section


def pay_section(found: SeatHoldingQuerySet) -> Section:
    """Return how many of those whom the filter found are paid, and how."""
    numbers = summarize_pay(found, today())
    return Section(
        _("Pay at a glance"),
        [
            DetailRow(_("Seats held"), numbers.holdings),
            DetailRow(_("Full time"), numbers.full_time),
            DetailRow(_("Pay on record"), numbers.recorded),
            DetailRow(_("Work without pay"), numbers.unpaid),
            DetailRow(_("Pay not on record"), numbers.unknown),
            DetailRow(
                _("Average of who is paid (yuan a month)"),
                format_amount(numbers.average),
            ),
            DetailRow(_("Paid below the standard"), numbers.below),
        ],
    )


def prospects_section(seats: SeatHoldingQuerySet, user: Actor) -> Section:
    """Return who could go further, and who left: of the whole area (S2-32)."""
    left, reserves = reverse("communities:left_seats"), reverse("communities:reserves")
    gone = left_lately(seats, today())
    listed: Any = Reserve.objects.managed_by(user)
    resigned, took = VacatingReason.RESIGNED, ReserveOutcome.TOOK_OFFICE
    return Section(
        _("Prospects, in the whole area"),
        [
            DetailRow(
                _("On the list of reserves"),
                listed.listed_on(today()).count(),
                f"{reserves}?state=listed",
            ),
            DetailRow(
                _("Took over an office from that list"),
                listed.valid().filter(outcome=took).count(),
                f"{reserves}?state={took.value}",
            ),
            DetailRow(_("Left within twelve months"), gone.count(), left),
            DetailRow(
                _("Gave up within twelve months"),
                gone.filter(end_reason=resigned).count(),
                f"{left}?end_reason={resigned.value}",
            ),
        ],
    )
