"""What people say about the system itself, and what the street answers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.db.constraints import both_or_neither
from core.db.sentences import empty_or_sentence
from core.db.signatures import signature
from core.db.triggers import AppendOnly
from organizations.models import Organization
from reports.burden_querysets import FeedbackQuerySet


class Feedback(models.Model):
    """What somebody says of a page, for the street of their place (S3-09).

    `page` is the address it was written from, without what was searched for there.
    The street answers in words; both are then kept as they are.
    """

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="feedback",
        verbose_name=_("place of the writer"),
    )
    page = models.CharField(_("page"), max_length=200, blank=True)
    text = models.TextField(_("what is cumbersome or missing"), max_length=500)
    written_at = models.DateTimeField(_("written at"), default=timezone.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("written by"),
    )
    answer = models.CharField(_("answer to the feedback"), max_length=300, blank=True)
    answered_at = models.DateTimeField(
        _("answered at"), null=True, blank=True, editable=False
    )
    answered_by = signature(_("answered by"))

    triggers = (AppendOnly("feedback_frozen", "OLD.answered_at IS NOT NULL"),)
    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["-written_at", "-pk"]
        constraints = [
            both_or_neither(
                "answered_at",
                "answered_by",
                name="feedback_answered_by_somebody",
                message=_("Whoever answers is on record."),
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | ~Q(answer="") & Q(answered_at__isnull=False),
                name="feedback_answered_in_words",
                violation_error_message=_(
                    "Feedback is answered in words. Nothing was saved: write what is"
                    " done about it."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="feedback_is_not_empty",
                violation_error_message=_("Feedback says something in words."),
            ),
            empty_or_sentence("text", name="feedback_says_something"),
            empty_or_sentence("answer", name="feedback_answer_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:30]

    def get_absolute_url(self) -> str:
        """The page of the feedback."""
        return reverse("reports:feedback_of", args=[self.pk])
