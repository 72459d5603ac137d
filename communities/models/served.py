"""The places that seat-holders or whole bodies are there for."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models.body import Body
from communities.models.seat import SeatHolding
from communities.staffing_querysets import ServedPlaceQuerySet
from core.db.constraints import in_order, plausible_dates
from core.db.voidable import (
    NOT_VOIDED,
    ValidRowsManager,
    Voidable,
    void_has_reason,
)
from organizations.lifetimes import inside_life
from organizations.models import Organization

ValidPlaces = ValidRowsManager.from_queryset(ServedPlaceQuerySet)
OPEN = NOT_VOIDED & Q(ends_on=None)


class ServedPlace(Voidable):
    """A place that somebody in a seat, or a whole body, is there for.

    An instructor has one branch and a branch one instructor (`is_exclusive`); a leader
    has a contact community, a work group its communities.
    """

    holding = models.ForeignKey(
        SeatHolding,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="places",
        verbose_name=_("holding of a seat"),
    )
    body = models.ForeignKey(
        Body,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="places",
        verbose_name=_("body"),
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="served_by",
        verbose_name=_("is there for"),
    )
    is_exclusive = models.BooleanField(default=False, editable=False)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (exclusive)"), null=True, blank=True)

    triggers = inside_life("servedplace", "starts_on", lasting=True, voidable=True)
    objects = ValidPlaces()
    all_objects = ServedPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place served")
        verbose_name_plural = _("places served")
        ordering = ["organization__path", "pk"]
        constraints = [
            plausible_dates(
                *("starts_on", "ends_on", "voided_at"),
                name="servedplace_plausible_dates",
            ),
            in_order(
                "starts_on",
                "ends_on",
                name="servedplace_ends_after_start",
                message=_("A place is left after the day from which it was served."),
            ),
            models.CheckConstraint(
                condition=Q(holding__isnull=False, body=None)
                | Q(holding=None, body__isnull=False),
                name="servedplace_by_one",
                violation_error_message=_(
                    "Somebody in a seat is there for a place, or a whole body."
                ),
            ),
            *(
                models.UniqueConstraint(
                    fields=fields,
                    condition=condition,
                    name=f"servedplace_{name}",
                    violation_error_message=message,
                )
                for fields, condition, name, message in (
                    (
                        ["holding", "organization"],
                        OPEN,
                        "named_once",
                        _("This place is on record already."),
                    ),
                    (
                        ["body", "organization"],
                        OPEN,
                        "body_named_once",
                        _("This place is on record already."),
                    ),
                    (
                        ["organization"],
                        OPEN & Q(is_exclusive=True),
                        "one_instructor",
                        _(
                            "This branch has an instructor already. Nothing was saved:"
                            " end that first, or choose another branch."
                        ),
                    ),
                    (
                        ["holding"],
                        OPEN & Q(is_exclusive=True),
                        "one_branch",
                        _(
                            "An instructor has one branch. Nothing was saved: end the"
                            " present one first."
                        ),
                    ),
                )
            ),
            void_has_reason("servedplace_voided_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.server_name} {self.organization}"

    def get_absolute_url(self) -> str:
        """The page of the place with its visits."""
        return reverse("communities:served", args=[self.pk])

    @property
    def its_body(self) -> Body:
        """The body that is there for the place, or in which somebody has a seat."""
        return self.holding.seat.body if self.holding else self.body  # type: ignore[return-value] # one of both

    @property
    def server_name(self) -> str:
        """Who is there for the place."""
        if self.holding is not None:
            return self.holding.holder_name
        return str(self.body)

    @property
    def until(self) -> dt.date | None:
        """The last day."""
        return self.ends_on - dt.timedelta(days=1) if self.ends_on else None
