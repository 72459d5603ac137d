"""What a return said each time it was submitted."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.db.bounds import bounded
from core.db.sentences import empty_or_sentence
from core.db.triggers import AppendOnly
from reports.models.returns import MonthlyReturn
from reports.querysets import ReturnSubmissionQuerySet


class ReturnSubmission(models.Model):
    """One submission of a return: its content then, and its answer if it was sent back.

    `cells` holds reported number and explanation by indicator, so that the reviewer
    sees what has changed since. `returned_for` repeats why the street had sent the
    return back before it. `minutes` lie between opening the return and submitting it,
    where one sitting sufficed; they are read as the median of a street alone (S3-09).
    """

    monthly_return = models.ForeignKey(
        MonthlyReturn,
        models.PROTECT,
        related_name="submissions",
        verbose_name=_("monthly return"),
    )
    number = models.PositiveSmallIntegerField(
        _("number of the submission"), editable=False
    )
    submitted_at = models.DateTimeField(_("submitted at"))
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("submitted by"),
    )
    narrative = models.TextField(_("account of the month"), max_length=2000, blank=True)
    cells = models.JSONField(_("reported numbers and explanations"), editable=False)
    returned_for = models.CharField(
        _("had been returned because"), max_length=200, blank=True
    )
    answer = models.CharField(_("answer to the street"), max_length=200, blank=True)
    has_changes = models.BooleanField(
        _("says something else than the last submission"), default=True, editable=False
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes since it was opened"), null=True, blank=True, editable=False
    )

    triggers = (AppendOnly("returnsubmission_frozen"),)
    objects = ReturnSubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission of a return")
        verbose_name_plural = _("submissions of a return")
        ordering = ["monthly_return", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["monthly_return", "number"],
                name="returnsubmission_number_once",
                violation_error_message=_("The return was submitted in this moment."),
            ),
            models.CheckConstraint(
                condition=Q(returned_for="") | Q(has_changes=True) | ~Q(answer=""),
                name="returnsubmission_corrects_or_answers",
                violation_error_message=_(
                    "The street returned this return, and nothing in it has changed"
                    " since. Nothing was submitted: correct what the street asks about,"
                    " or answer it in one sentence."
                ),
            ),
            empty_or_sentence("answer", name="returnsubmission_answer_says_something"),
            bounded("minutes", least=0, most=24 * 60, name="returnsubmission_minutes"),
        ]

    def __str__(self) -> str:
        return f"{self.monthly_return} ({self.number})"
