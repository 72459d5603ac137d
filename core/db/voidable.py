"""Rows entered by mistake: voided with a reason, on any day, and never deleted.

A voided row stays in its table, for the audit log and for closed months that counted
it. Default managers leave it out, and constraints are conditioned on `NOT_VOIDED`, so
that the right row can be entered in its place.
"""

import datetime as dt
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.db.querysets import ScopedQuerySet

M_co = TypeVar("M_co", bound=models.Model, covariant=True)
NOT_VOIDED = Q(voided_at=None)


class ValidRowsManager(models.Manager[Any]):
    """A default manager that leaves voided rows out."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(NOT_VOIDED)


class Voidable(models.Model):
    """A row that can be voided as a mistake.

    A subclass makes a `ValidRowsManager` its `objects`, and has `all_objects` with
    voided rows included.
    """

    voided_at = models.DateTimeField(_("voided at"), null=True, editable=False)
    void_reason = models.CharField(
        _("why it was voided"), max_length=200, blank=True, editable=False
    )

    class Meta:
        abstract = True

    def void(self, reason: str) -> list[str]:
        """Mark the unsaved row as voided; return the names of the changed columns."""
        self.voided_at = timezone.now()
        self.void_reason = reason
        return ["voided_at", "void_reason"]


class VoidableFact(Voidable):
    """A voidable row that figures count in months.

    `void_month` is the first month in which it no longer counts: the month from which
    it counted, or the first open one after it. Closed months count it as published.
    """

    void_month = models.DateField(null=True, editable=False)

    class Meta:
        abstract = True

    def void_from(self, month: dt.date, reason: str) -> list[str]:
        """Mark the unsaved row as voided; return the names of the changed columns."""
        self.void_month = month
        return [*self.void(reason), "void_month"]


class VoidableFactQuerySet(ScopedQuerySet[M_co]):
    """Rows of voidable facts, voided ones included where the manager has them."""

    def not_void_in(self, month: dt.date) -> Self:
        """Rows that are valid, or that the month counted before they were voided."""
        return self.filter(Q(void_month=None) | Q(void_month__gt=month))


def void_has_reason(name: str, *also: str) -> models.CheckConstraint:
    """Require a voided row to say why; `also` names columns that are set with it."""
    valid = Q(voided_at=None, void_reason="")
    voided = Q(voided_at__isnull=False) & ~Q(void_reason="")
    for column in also:
        valid &= Q(**{f"{column}__isnull": True})
        voided &= Q(**{f"{column}__isnull": False})
    return models.CheckConstraint(
        condition=valid | voided,
        name=name,
        violation_error_message=_("An entry is voided with a reason."),
    )
