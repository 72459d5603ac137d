"""Records that may be one person's, and the merging of two that are."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.db.constraints import plausible_dates
from core.db.signatures import signature
from members.enums import Likeness, PairState
from members.models.member import Member
from members.querysets import DuplicatePairQuerySet, MemberMergeQuerySet


class DuplicatePair(models.Model):
    """Two records that the search found alike, and what somebody decided about them.

    `why` names what they have in common. Two that were told apart stay on record, so
    that nobody is asked again.
    """

    first = models.ForeignKey(
        Member, models.PROTECT, related_name="+", verbose_name=_("one record")
    )
    second = models.ForeignKey(
        Member, models.PROTECT, related_name="+", verbose_name=_("other record")
    )
    why = models.JSONField(_("in common"), default=list)
    found_on = models.DateField(_("found on"))
    state = models.CharField(
        _("state"), max_length=10, choices=PairState, default=PairState.OPEN
    )
    settled_on = models.DateField(_("decided on"), null=True, blank=True)
    settled_by = signature(_("decided by"))
    note = models.CharField(_("why so decided"), max_length=200, blank=True)

    objects = DuplicatePairQuerySet.as_manager()

    class Meta:
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        ordering = ["first__sort_key", "pk"]
        constraints = [
            plausible_dates(
                "found_on", "settled_on", name="duplicatepair_plausible_dates"
            ),
            models.UniqueConstraint(
                fields=["first", "second"],
                name="duplicatepair_once",
                violation_error_message=_("These two records are listed already."),
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="duplicatepair_of_two_records",
                violation_error_message=_("A pair is of two records."),
            ),
            models.CheckConstraint(
                condition=Q(state=PairState.OPEN, settled_on=None, note="")
                | Q(settled_on__isnull=False) & ~Q(state=PairState.OPEN) & ~Q(note=""),
                name="duplicatepair_settled_with_a_reason",
                violation_error_message=_(
                    "Whoever decides about two records says why. Nothing was saved:"
                    " write the reason."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first.name} / {self.second.name}"

    def get_absolute_url(self) -> str:
        """The page that shows both side by side."""
        return reverse("members:duplicate", args=[self.pk])

    @property
    def reasons(self) -> str:
        """What both have in common, in words."""
        return "、".join(str(Likeness(code).label) for code in self.why)


class MemberMerge(models.Model):
    """The merging of a second record of one person into the one that stays.

    `changes` lists the keys of the rows that followed or were voided with it, so that
    undoing gives back exactly these.
    """

    duplicate = models.ForeignKey(
        Member, models.PROTECT, related_name="merges", verbose_name=_("merged record")
    )
    kept = models.ForeignKey(
        Member, models.PROTECT, related_name="+", verbose_name=_("record that stays")
    )
    merged_at = models.DateTimeField(_("merged at"), default=timezone.now)
    merged_by = signature(_("merged by"))
    reason = models.CharField(_("why"), max_length=200)
    changes = models.JSONField(_("rows that followed"), default=dict)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = signature(_("undone by"))
    undo_reason = models.CharField(_("why it was undone"), max_length=200, blank=True)

    objects = MemberMergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merging of two records")
        verbose_name_plural = _("mergings of two records")
        ordering = ["merged_at", "pk"]
        constraints = [
            plausible_dates("merged_at", "undone_at", name="membermerge_plausible"),
            models.UniqueConstraint(
                fields=["duplicate"],
                condition=Q(undone_at=None),
                name="membermerge_one_standing",
                violation_error_message=_("This record was merged already."),
            ),
            models.CheckConstraint(
                condition=~Q(duplicate=F("kept")),
                name="membermerge_of_two_records",
                violation_error_message=_("A record is not merged into itself."),
            ),
            models.CheckConstraint(
                condition=~Q(reason="")
                & (
                    Q(undone_at=None, undo_reason="")
                    | Q(undone_at__isnull=False) & ~Q(undo_reason="")
                ),
                name="membermerge_says_why",
                violation_error_message=_(
                    "Whoever merges two records, or undoes it, says why."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duplicate.name} / {self.kept.name}"
