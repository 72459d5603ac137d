"""The organization tree and its effective-dated versions."""

import datetime as dt

from django.contrib.admin import display
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.dates import format_day
from core.db.constraints import NoOverlap, in_order, plausible_dates
from core.db.tree import PathField
from core.db.triggers import Forbidden
from core.pinyin import MAX_LENGTH as PINYIN_LENGTH
from organizations.enums import OrganizationKind
from organizations.fitting import sql_of_misfits
from organizations.querysets import OrganizationQuerySet

MISFITS_ABOVE = """
NEW.ended_on IS NULL AND EXISTS (
SELECT 1 FROM organizations_organization AS above
WHERE above.id = NEW.parent_id AND {misfits})
""".format(misfits=sql_of_misfits("NEW.kind", "above.kind"))
"""A kind that does not stand below that of the parent."""
MISFITS_BELOW = """
EXISTS (SELECT 1 FROM organizations_organization AS below
WHERE below.parent_id = NEW.id AND below.ended_on IS NULL
AND {misfits})
""".format(misfits=sql_of_misfits("below.kind", "NEW.kind"))  # noqa: S608 -- kinds
"""A kind above which something stands that does not fit."""
REGROUPED = """
(OLD.kind <> NEW.kind OR COALESCE(OLD.parent_id, 0) <> COALESCE(NEW.parent_id, 0)
OR OLD.ended_on IS NOT NULL AND NEW.ended_on IS NULL)
"""
MISFIT = "organizations of these kinds do not stand below each other"


class Organization(models.Model):
    """A Party organization, from the city committee down to a party group.

    Name, kind, parent and path copy the open version; the versions keep the past.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    full_name = models.CharField(
        _("full name (as on the seal)"), max_length=120
    )
    # Null only where an earlier row has the same name as a sibling.
    name_key = models.CharField(  # noqa: DJ001 -- unique where there is one
        max_length=120, null=True, editable=False
    )
    sound = models.CharField(
        max_length=PINYIN_LENGTH, blank=True, default="", editable=False
    )
    kind = models.CharField(_("kind"), max_length=20, choices=OrganizationKind)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent organization"),
    )
    guidance_parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="guided",
        verbose_name=_("guided by"),
        help_text=_("May look, is never counted."),
    )
    path = PathField(_("path"), unique=True, editable=False)
    last_child_number = models.PositiveIntegerField(default=0, editable=False)
    ended_on = models.DateField(
        _("dissolved on"), null=True, blank=True, editable=False
    )

    bookkeeping = ("last_child_number", "name_key", "sound")
    # Came when rows were digested already; `verify` derives it anew.
    without_digest = ("sound",)
    triggers = (
        Forbidden(
            "organization_fits_below_its_parent_added",
            event="INSERT",
            when=MISFITS_ABOVE,
            message=MISFIT,
        ),
        Forbidden(
            "organization_fits_below_its_parent_changed",
            event="UPDATE",
            when=f"{REGROUPED} AND ({MISFITS_ABOVE} OR {MISFITS_BELOW})",
            message=MISFIT,
        ),
    )
    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["path"]
        constraints = [
            plausible_dates("ended_on", name="organization_plausible_dates"),
            models.CheckConstraint(
                condition=Q(kind=OrganizationKind.CITY, parent=None)
                | Q(parent__isnull=False) & ~Q(kind=OrganizationKind.CITY),
                name="organization_only_the_city_has_no_parent",
                violation_error_message=_(
                    "Only the city committee has no parent; every other organization"
                    " needs one."
                ),
            ),
            # The triggers of this name hold what one row alone does not tell.
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="organization_fits_below_its_parent",
                violation_error_message=_(
                    "An organization of this kind does not stand below that one, or"
                    " what lies below it does not fit. Nothing was saved: choose"
                    " another kind, or another organization above it."
                ),
            ),
            models.UniqueConstraint(
                fields=["parent", "name_key"],
                condition=Q(ended_on=None),
                name="organization_name_once_per_parent",
                violation_error_message=_(
                    "Another organization below the same parent has this name. Nothing"
                    " was saved: choose a name that tells them apart."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The organization's page."""
        return reverse("organizations:organization", args=[self.pk])

    @property
    @display(description=_("Other names in sheets"))
    def other_names(self) -> list[str]:
        """The names under which sheets of any place may write the organization."""
        own = self.aliases.filter(within=None).order_by("name")
        return list(own.values_list("name", flat=True))


class OrganizationVersion(models.Model):
    """Name, kind and place in the tree of an organization, for a time."""

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="versions",
        verbose_name=_("organization"),
    )
    name = models.CharField(_("name"), max_length=60)
    full_name = models.CharField(_("full name (as on the seal)"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganizationKind)
    parent = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("parent organization"),
    )
    path = PathField(_("path"), db_index=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (exclusive)"), null=True, blank=True)

    class Meta:
        verbose_name = _("organization's past")
        verbose_name_plural = _("organizations' past")
        ordering = ["organization", "starts_on"]
        constraints = [
            plausible_dates(
                "starts_on", "ends_on", name="organizationversion_plausible_dates"
            ),
            in_order(
                "starts_on",
                "ends_on",
                name="organizationversion_ends_after_start",
                message=_("A version ends after the day it begins."),
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(ends_on=None),
                name="organizationversion_one_open",
                violation_error_message=_(
                    "The organization already has an open version."
                ),
            ),
            NoOverlap(
                name="organizationversion_no_overlap",
                keys=["organization"],
                violation_error_message=_("Two versions of one organization overlap."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {format_day(self.starts_on)}"

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which it was so."""
        return self.ends_on - dt.timedelta(days=1) if self.ends_on else None


class OrganizationAlias(models.Model):
    """Another name under which offices write an organization in their sheets."""

    organization = models.ForeignKey(
        Organization,
        models.CASCADE,
        related_name="aliases",
        verbose_name=_("organization"),
    )
    name = models.CharField(_("name"), max_length=120)
    within = models.ForeignKey(
        Organization,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("valid only within"),
    )

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                F("organization"),
                F("name"),
                Coalesce("within", Value(0)),
                name="organizationalias_once",
                violation_error_message=_("The organization already has this alias."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
