"""What the street asks about single numbers of a return."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.db.constraints import both_or_neither
from core.db.money import HundredthsField
from core.db.sentences import empty_or_sentence
from core.db.triggers import AppendOnly
from reports.models.forms import ReturnFormLine
from reports.models.returns import MonthlyReturn
from reports.querysets import ReturnCommentQuerySet

ACCOUNT = settings.AUTH_USER_MODEL


class ReturnComment(models.Model):
    """A comment of the street on one number of a submitted return.

    It goes back with the return; the community answers it or corrects the number. It is
    open until the street settles it, and stays beside the number afterwards.
    `reported` is the number that was commented on.
    """

    monthly_return = models.ForeignKey(
        MonthlyReturn,
        models.PROTECT,
        related_name="comments",
        verbose_name=_("monthly return"),
    )
    form_line = models.ForeignKey(
        ReturnFormLine, models.PROTECT, related_name="+", verbose_name=_("line")
    )
    reported = HundredthsField(_("reported then"))
    text = models.CharField(_("comment"), max_length=200)
    made_at = models.DateTimeField(_("commented at"), default=timezone.now)
    made_by = models.ForeignKey(
        ACCOUNT, models.PROTECT, related_name="+", verbose_name=_("commented by")
    )
    answer = models.CharField(_("answer"), max_length=200, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        ACCOUNT,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    settled_by = models.ForeignKey(
        ACCOUNT,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("settled by"),
    )

    triggers = (AppendOnly("returncomment_frozen", "OLD.settled_at IS NOT NULL"),)
    objects = ReturnCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment on a number of a return")
        verbose_name_plural = _("comments on numbers of a return")
        ordering = ["monthly_return", "form_line__position", "made_at", "pk"]
        constraints = [
            empty_or_sentence("text", name="returncomment_text_says_something"),
            empty_or_sentence("answer", name="returncomment_answer_says_something"),
            models.CheckConstraint(
                condition=Q(
                    answer="", answered_at__isnull=True, answered_by__isnull=True
                )
                | (
                    ~Q(answer="")
                    & Q(answered_at__isnull=False, answered_by__isnull=False)
                ),
                name="returncomment_answered_by_someone",
                violation_error_message=_(
                    "An answer says who gave it, and when. Nothing was saved: write it"
                    " again."
                ),
            ),
            both_or_neither(
                "settled_at",
                "settled_by",
                name="returncomment_settled_by_someone",
                message=_("A comment that is settled says who settled it, and when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.monthly_return} {self.label}"

    def get_absolute_url(self) -> str:
        """The return, where the comment stands beside its number."""
        return self.monthly_return.get_absolute_url()

    @property
    def is_open(self) -> bool:
        """Whether the street has not settled it."""
        return self.settled_at is None

    @property
    def label(self) -> str:
        """The label of the number, as it reads in the return's month."""
        return self.form_line.label_in(self.monthly_return.month)
