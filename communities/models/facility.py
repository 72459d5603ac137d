"""Rooms, squares, points of service and equipment of a place."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.enums import UNFINISHED_WORKS, WorksStage
from communities.facility_querysets import FacilityQuerySet
from core.db.bounds import bounded
from core.db.constraints import in_order, plausible_dates
from core.db.voidable import NOT_VOIDED, ValidRowsManager, Voidable, void_has_reason
from organizations.lifetimes import inside_life
from organizations.models import Organization

ValidFacilities = ValidRowsManager.from_queryset(FacilityQuerySet)
MOST_SQUARE_METRES = 1_000_000


class Facility(Voidable):
    """A room, a square, a point of service or equipment of a place (S1-31, S1-33).

    `signs` are the names on its door, one a line; `real_use` says what it is used for
    in fact, and `used_otherwise` that this is something else than its kind and signs
    say (S4-15). `works` are the latest on it, with their stage; the log keeps those
    before (S1-45). What is only planned or built for the first time has no `starts_on`
    until it opens; works on what has opened leave it open. Which kinds every community
    has to have says the code list; what it lacks follows from that (S1-38).
    """

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="facilities",
        verbose_name=_("organization"),
    )
    kind = models.CharField(
        _("kind of facility"), max_length=20, help_text=_("Code list: facility_kinds")
    )
    name = models.CharField(pgettext_lazy("facility", "name"), max_length=60)
    location = models.CharField(_("where it is"), max_length=80, blank=True)
    area = models.PositiveIntegerField(_("square metres"), null=True, blank=True)
    signs = models.TextField(_("signs on its door"), max_length=300, blank=True)
    real_use = models.CharField(_("used in fact for"), max_length=120, blank=True)
    used_otherwise = models.BooleanField(
        _("used for something else than its kind and signs say"), default=False
    )
    open_hours = models.CharField(_("open hours"), max_length=60, blank=True)
    shared_with = models.CharField(_("shared with"), max_length=80, blank=True)
    lacks = models.CharField(_("lacking or broken"), max_length=120, blank=True)
    works = models.CharField(_("building works"), max_length=120, blank=True)
    works_stage = models.CharField(
        _("stage of the works"), max_length=20, choices=WorksStage, blank=True
    )
    works_due_on = models.DateField(_("works done by"), null=True, blank=True)
    starts_on = models.DateField(
        _("in use since"),
        null=True,
        blank=True,
        help_text=_("Empty as long as it is planned or built for the first time."),
    )
    ends_on = models.DateField(
        _("not in use any more from"), null=True, blank=True, editable=False
    )

    triggers = inside_life("facility", "starts_on", lasting=True, voidable=True)
    objects = ValidFacilities()
    all_objects = FacilityQuerySet.as_manager()

    class Meta:
        verbose_name = _("facility")
        verbose_name_plural = _("facilities")
        ordering = ["organization__path", "kind", "name", "pk"]
        constraints = [
            plausible_dates(
                *("works_due_on", "starts_on", "ends_on", "voided_at"),
                name="facility_plausible_dates",
            ),
            in_order(
                "starts_on",
                "ends_on",
                name="facility_ends_after_start",
                message=_("A facility is given up after the day it came into use."),
            ),
            bounded("area", least=1, most=MOST_SQUARE_METRES, name="facility_area"),
            models.UniqueConstraint(
                fields=["organization", "name"],
                condition=NOT_VOIDED & Q(ends_on=None),
                name="facility_name_once",
                violation_error_message=_(
                    "This place has a facility of that name already. Nothing was saved:"
                    " choose another name, or change the one on record."
                ),
            ),
            models.CheckConstraint(
                condition=Q(works="", works_stage="", works_due_on=None)
                | ~Q(works="") & ~Q(works_stage=""),
                name="facility_works_have_a_stage",
                violation_error_message=_(
                    "Works go with their stage. Nothing was saved: say both, or"
                    " neither."
                ),
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=False) | ~Q(works=""),
                name="facility_opened_or_to_be_built",
                violation_error_message=_(
                    "What is not open yet has works and their stage. Nothing was saved:"
                    " enter since when it is in use, or what is planned or built."
                ),
            ),
            models.CheckConstraint(
                condition=Q(used_otherwise=False) | ~Q(real_use=""),
                name="facility_other_use_is_named",
                violation_error_message=_(
                    "What is used for something else says for what. Nothing was saved:"
                    " enter what it is used for in fact."
                ),
            ),
            void_has_reason("facility_voided_says_why"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the facility."""
        return reverse("communities:facility", args=[self.pk])

    @property
    def until(self) -> dt.date | None:
        """The last day of its use."""
        return self.ends_on - dt.timedelta(days=1) if self.ends_on else None

    def is_overdue(self, day: dt.date) -> bool:
        """Whether works on it should have been done before a day, and are not."""
        due, stage = self.works_due_on, self.works_stage
        unfinished = self.ends_on is None and stage in UNFINISHED_WORKS
        return unfinished and due is not None and due < day
