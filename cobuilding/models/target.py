"""Targets of an agreement, and their progress."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cobuilding.enums import WorkOf
from cobuilding.models.agreement import Agreement
from cobuilding.querysets import TargetProgressQuerySet, TargetQuerySet
from communities.models.project import Project
from core.dates import format_month
from core.db.bounds import bounded
from core.db.constraints import plausible_dates
from core.db.money import HundredthsField
from core.db.querysets import join_lookup
from core.db.triggers import Forbidden
from core.text import StrOrPromise
from figures.definitions import Indicator, Kind, Source, indicators

MAX_GOAL = Decimal("99999999.99")

OF_SIGNED = """
EXISTS (SELECT 1 FROM cobuilding_agreement AS signed
WHERE signed.state <> 'draft' AND signed.id = {agreement})
"""
OLD_OF_SIGNED = OF_SIGNED.format(agreement="OLD.agreement_id")
NEW_OF_SIGNED = OF_SIGNED.format(agreement="NEW.agreement_id")
REPLACES_ONE = OF_SIGNED.format(
    agreement="(SELECT agreement_id FROM cobuilding_target WHERE id = NEW.id)"
)
AGREEMENTS = "cobuilding_agreement WHERE id IN ({})"
PROMISED = "targets of a signed agreement are never changed"


def measurable() -> list[tuple[str, StrOrPromise]]:
    """Return the indicators whose rows can have a project; targets choose from them."""
    return [(i.key, i.label) for i in indicators if i.source.project is not None]


def work_of_unit(source: Source, unit_id: int | None) -> Q:
    """Return the condition for the work of one unit's people, or of anyone."""
    if unit_id is None:
        return Q()
    return Q(**{join_lookup(str(source.member), "employer"): unit_id})


class Target(models.Model):
    """One measurable commitment: an indicator, over one project, by a day (S2-54).

    `work_of` says whose work counts: a figure over people's work counts that of the
    unit's own people (the members it employs) or anyone's on the project; other figures
    count everything on the project.

    The goal of a flow is the sum from the agreement's beginning; that of a stock is the
    value on the due day, starting from the baseline.
    """

    agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        related_name="targets",
        verbose_name=_("agreement"),
    )
    project = models.ForeignKey(
        Project, models.PROTECT, related_name="targets", verbose_name=_("project")
    )
    indicator = models.CharField(_("measured by"), max_length=40, choices=measurable)
    goal = HundredthsField(_("goal"))
    baseline = HundredthsField(_("baseline"), default=0)
    work_of = models.CharField(_("whose work counts"), max_length=10, choices=WorkOf)
    due_on = models.DateField(_("due on"))
    owner_name = models.CharField(_("who answers for it"), max_length=40)  # S2-55

    triggers = (
        Forbidden(
            "target_of_signed_added",
            "INSERT",
            f"{NEW_OF_SIGNED} OR {REPLACES_ONE}",
            PROMISED,
            AGREEMENTS.format("NEW.agreement_id"),
        ),
        Forbidden(
            "target_of_signed_changed",
            "UPDATE",
            f"{NEW_OF_SIGNED} OR {OLD_OF_SIGNED}",
            PROMISED,
            AGREEMENTS.format("OLD.agreement_id, NEW.agreement_id"),
        ),
        Forbidden(
            "target_of_signed_removed",
            "DELETE",
            OLD_OF_SIGNED,
            PROMISED,
            AGREEMENTS.format("OLD.agreement_id"),
        ),
    )
    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["due_on", "pk"]
        constraints = [
            plausible_dates("due_on", name="target_plausible_dates"),
            models.UniqueConstraint(
                fields=["agreement", "project", "indicator"],
                name="target_once",
                violation_error_message=_(
                    "The agreement already measures this project by this indicator."
                ),
            ),
            bounded(
                "goal",
                "baseline",
                least=0,
                most=MAX_GOAL,
                name="target_bounded_numbers",
            ),
            models.CheckConstraint(
                condition=Q(goal__gt=0),
                name="target_goal_is_positive",
                violation_error_message=_("The goal must be greater than zero."),
            ),
            models.CheckConstraint(
                condition=Q(baseline__gte=0, baseline__lt=F("goal")),
                name="target_goal_lies_above_baseline",
                violation_error_message=_("The goal must be above the baseline."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} · {self.measure.label}"

    def get_absolute_url(self) -> str:
        """The target's page, with what was measured month by month."""
        return reverse("cobuilding:target", args=[self.pk])

    @property
    def measure(self) -> Indicator:
        """The indicator by which the target is measured."""
        return indicators.get(self.indicator)

    @property
    def start(self) -> Decimal:
        """The value from which the expectation grows to the goal."""
        return Decimal(0) if self.measure.kind == Kind.FLOW else self.baseline

    @property
    def counted_unit_id(self) -> int | None:
        """The unit whose people alone count, or nothing where anyone's work counts."""
        return self.agreement.unit_id if self.work_of == WorkOf.UNIT else None

    @property
    def counted_rows(self) -> Q:
        """The condition for the rows of its indicator that it counts."""
        source = self.measure.source
        on_project = Q(**{str(source.project): self.project_id})
        return on_project & work_of_unit(source, self.counted_unit_id)


class TargetProgress(models.Model):
    """The progress of a target by the end of a month.

    `month_value` is the month's own figure, which links to the rows it counts; `value`
    is compared with the expected value.
    """

    target = models.ForeignKey(
        Target, models.PROTECT, related_name="progress", verbose_name=_("target")
    )
    month = models.DateField(_("month"))
    month_value = HundredthsField(_("of the month"))
    value = HundredthsField(_("so far"))
    expected = HundredthsField(_("expected by then"))
    on_course = models.BooleanField(_("on course"))

    objects = TargetProgressQuerySet.as_manager()

    class Meta:
        verbose_name = _("progress of a target")
        verbose_name_plural = _("progress of targets")
        ordering = ["target", "month"]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "month"],
                name="targetprogress_once_per_month",
                violation_error_message=_("The target was measured for this month."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="targetprogress_is_of_a_month",
                violation_error_message=_("A month is written by its first day."),
            ),
            models.CheckConstraint(
                condition=Q(on_course=True, value__gte=F("expected"))
                | Q(on_course=False, value__lt=F("expected")),
                name="targetprogress_verdict_follows_from_figures",
                violation_error_message=_(
                    "A target is on course when it has reached what was expected."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target} {format_month(self.month)}"

    @property
    def is_due(self) -> bool:
        """Whether anything was expected by then; else it is neither met nor missed."""
        return bool(self.expected > self.target.start)
