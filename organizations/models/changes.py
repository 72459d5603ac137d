"""Decisions about organizations: founded, renamed, moved, merged, split."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.dates import format_day
from core.db.constraints import plausible_dates
from core.db.fields import NumberTextField
from core.db.voidable import ValidRowsManager, Voidable, void_has_reason
from organizations.enums import ChangeKind
from organizations.models.tree import Organization
from organizations.querysets import OrganizationChangeQuerySet

ValidChanges = ValidRowsManager.from_queryset(OrganizationChangeQuerySet)


class OrganizationChange(Voidable):
    """One decision about an organization: what, from when, on which document.

    `other` is the new parent, or the organization that it was dissolved into or split
    off. Only a new name needs no approval of the superior. `undo` keeps by which keys
    the decision is taken back if it was a mistake (`organizations.actions.voiding`).
    """

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="changes",
        verbose_name=_("organization"),
    )
    kind = models.CharField(_("kind of change"), max_length=20, choices=ChangeKind)
    other = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("other organization"),
    )
    happened_on = models.DateField(_("takes effect on"))
    basis = models.CharField(_("title of the document"), max_length=120)
    basis_number = NumberTextField(
        _("number of the document"), max_length=60, blank=True
    )
    approved_by = models.CharField(_("approved by"), max_length=60, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    moved = models.JSONField(_("what moved"), default=list, blank=True)
    undo = models.JSONField(null=True, blank=True, editable=False)

    # What the log tells of a decision; by which keys it goes back is no reading.
    logged = (
        *("id", "organization", "kind", "other", "happened_on", "basis"),
        *("basis_number", "approved_by", "approved_on", "moved"),
    )
    objects = ValidChanges()
    all_objects = OrganizationChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of an organization")
        verbose_name_plural = _("changes of organizations")
        ordering = ["-happened_on", "-pk"]
        constraints = [
            plausible_dates(
                *("happened_on", "approved_on", "voided_at"),
                name="organizationchange_plausible_dates",
            ),
            void_has_reason("organizationchange_voided_says_why"),
            models.CheckConstraint(
                condition=~Q(basis=""),
                name="organizationchange_has_a_basis",
                violation_error_message=_(
                    "Every change has a document behind it. Nothing was saved: enter"
                    " its title."
                ),
            ),
            models.CheckConstraint(
                condition=Q(approved_by="", approved_on=None)
                | ~Q(approved_by="") & Q(approved_on__isnull=False),
                name="organizationchange_approval_is_whole",
                violation_error_message=_(
                    "An approval says who gave it and when. Nothing was saved: fill in"
                    " both, or neither."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {format_day(self.happened_on)}"

    @property
    def what(self) -> str:
        """What was decided, as a sentence names it: a parent founds what is new."""
        other = self.other.name if self.other is not None else ""
        names = [self.organization.name, self.get_kind_display(), other]
        if self.kind == ChangeKind.FOUNDED:
            names.reverse()
        return " ".join(name for name in names if name)

    @property
    def summary(self) -> str:
        """What was decided, and from which day on."""
        return f"{format_day(self.happened_on)} {self.what}"

    @property
    def former_parent(self) -> Organization | None:
        """Below which organization its own lay before; None if that is not kept."""
        key = (self.undo or {}).get("before", {}).get("parent_id")
        return Organization.objects.filter(pk=key).first() if key else None

    def get_absolute_url(self) -> str:
        """The page of the decision."""
        return reverse("organizations:decision", args=[self.pk])
