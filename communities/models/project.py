"""Projects of communities and resident units."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.enums import ProjectTag
from communities.querysets import ProjectQuerySet
from core.db.constraints import in_order, plausible_dates
from core.db.terms import Term, planned_end_is_kept
from core.db.voidable import (
    NOT_VOIDED,
    ValidRowsManager,
    Voidable,
    void_has_reason,
)
from organizations.lifetimes import inside_life
from organizations.models import Organization, Unit

ValidProjects = ValidRowsManager.from_queryset(ProjectQuerySet)


class Project(Term, Voidable):
    """A project of one community, often together with one resident unit.

    Posts, service and money may name the project they are for; a target is measured
    over the rows that name its project. A project that rows name is ended, not voided.
    """

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="projects",
        verbose_name=_("community"),
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("together with the unit"),
    )
    name = models.CharField(_("name"), max_length=60)
    tag = models.CharField(_("way of co-building"), max_length=20, choices=ProjectTag)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (exclusive)"), null=True, blank=True)

    triggers = inside_life("project", "starts_on", lasting=True, voidable=True)
    objects = ValidProjects()
    all_objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("co-building project")
        verbose_name_plural = _("co-building projects")
        ordering = ["-starts_on", "name", "pk"]
        constraints = [
            plausible_dates(
                *("starts_on", "ends_on", "ended_on", "planned_ends_on", "voided_at"),
                name="project_plausible_dates",
            ),
            planned_end_is_kept("project_keeps_the_planned_end"),
            in_order(
                "starts_on",
                "planned_ends_on",
                name="project_was_to_end_after_start",
                message=_("A project ends after the day it begins."),
            ),
            void_has_reason("project_voided_says_why"),
            models.UniqueConstraint(
                fields=["organization", "name", "starts_on"],
                condition=NOT_VOIDED,
                name="project_name_once_per_start",
                violation_error_message=_(
                    "The community already has a project of this name that begins on"
                    " this day. Choose another name, or use the recorded one."
                ),
            ),
            in_order(
                "starts_on",
                "ends_on",
                name="project_ends_after_start",
                message=_("A project ends after the day it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The project's page."""
        return reverse("communities:project", args=[self.pk])
