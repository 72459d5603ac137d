"""Who is on file (备案) as a cadre for a seat: since when, at which level, by what."""

import datetime as dt

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.models.seat import SeatHolding
from communities.staffing_querysets import SeatFilingQuerySet
from core.dates import format_day
from core.db.constraints import NoOverlap, in_order, plausible_dates
from core.db.fields import NumberTextField
from core.db.triggers import Forbidden
from core.db.voidable import (
    NOT_VOIDED,
    ValidRowsManager,
    Voidable,
    void_has_reason,
)

PLACE_OF_NEW = """
organizations_organization WHERE id = (
    SELECT body.organization_id FROM communities_seatholding AS held
    JOIN communities_seat AS seat ON seat.id = held.seat_id
    JOIN communities_body AS body ON body.id = seat.body_id
    WHERE held.id = NEW.holding_id)
"""
NUMBER_TAKEN = """
NEW.voided_at IS NULL AND EXISTS (
    SELECT 1 FROM communities_seatfiling AS known
    JOIN communities_seatholding AS theirs ON theirs.id = known.holding_id
    JOIN communities_seat AS seat ON seat.id = theirs.seat_id
    JOIN communities_body AS body ON body.id = seat.body_id
    JOIN communities_seatholding AS held ON held.id = NEW.holding_id
    JOIN communities_seat AS own_seat ON own_seat.id = held.seat_id
    JOIN communities_body AS own_body ON own_body.id = own_seat.body_id
    WHERE known.number = NEW.number AND known.voided_at IS NULL
    AND body.organization_id = own_body.organization_id
    AND (COALESCE(theirs.member_id, 0) <> COALESCE(held.member_id, 0)
    OR COALESCE(theirs.non_member_id, 0) <> COALESCE(held.non_member_id, 0)))
"""
"""Another person is on file in the organization under the number."""
ValidFilings = ValidRowsManager.from_queryset(SeatFilingQuerySet)


class SeatFiling(Voidable):
    """Somebody in a seat is kept on file like the street's cadres (S0-39).

    One filing holds at a time; another level or number follows the former one, and all
    end with the seat. It is never changed: a wrong entry is voided.
    """

    holding = models.ForeignKey(
        SeatHolding,
        models.PROTECT,
        related_name="filings",
        verbose_name=_("holding of a seat"),
    )
    level = models.CharField(
        pgettext_lazy("filing", "level of filing"),
        max_length=20,
        help_text=_("Code list: filing_levels"),
    )
    number = NumberTextField(_("file number"), max_length=40)
    standing = models.CharField(
        pgettext_lazy("filing", "standing of the person"),
        max_length=20,
        blank=True,
        help_text=_("Code list: cadre_standings"),
    )
    basis = models.CharField(_("document behind it"), max_length=120, blank=True)
    starts_on = models.DateField(_("on file since"))
    ends_on = models.DateField(
        _("until (exclusive)"), null=True, blank=True, editable=False
    )

    triggers = (
        Forbidden(
            "seatfiling_number_of_one_person",
            event="INSERT",
            when=NUMBER_TAKEN,
            message="another person is on file there under this number",
            locked_rows=PLACE_OF_NEW,
        ),
    )
    objects = ValidFilings()
    all_objects = SeatFilingQuerySet.as_manager()

    class Meta:
        verbose_name = _("filing of a seat-holder")
        verbose_name_plural = _("filings of seat-holders")
        ordering = ["holding", "-starts_on", "pk"]
        constraints = [
            plausible_dates(
                *("starts_on", "ends_on", "voided_at"),
                name="seatfiling_plausible_dates",
            ),
            in_order(
                "starts_on",
                "ends_on",
                name="seatfiling_ends_after_start",
                message=_("A filing ends after the day from which it holds."),
            ),
            NoOverlap(
                name="seatfiling_no_overlap",
                keys=["holding"],
                condition=NOT_VOIDED,
                violation_error_message=_(
                    "Another filing is on record for that time. Nothing was saved: void"
                    " that entry first, or choose a later day."
                ),
            ),
            void_has_reason("seatfiling_voided_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.holding} {format_day(self.starts_on)}"

    def get_absolute_url(self) -> str:
        """The file of the person in the seat."""
        return reverse("communities:filing", args=[self.holding_id])

    @property
    def until(self) -> dt.date | None:
        """The last day."""
        return self.ends_on - dt.timedelta(days=1) if self.ends_on else None
