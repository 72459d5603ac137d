"""Notices and idempotency records."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.querysets import NoticeQuerySet
from core.db.digests import EVERY_COLUMN


class Notice(models.Model):
    """A sentence for one person, with the record it is about and that record's page.

    Those who deal with the record have read its notices: an audit event of
    theirs about it marks their notices as read.
    """

    user = models.ForeignKey(
        User, models.CASCADE, related_name="notices", verbose_name=_("account")
    )
    text = models.CharField(_("text"), max_length=500)
    url = models.CharField(_("page"), max_length=200, blank=True)
    subject_type = models.CharField(
        _("kind of subject"), max_length=60, blank=True, editable=False
    )
    subject_id = models.CharField(
        _("subject"), max_length=40, blank=True, editable=False
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    # Whoever reads a notice marks it, in no action.
    without_digest = ("read_at",)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.text


class IdempotencyRecord(models.Model):
    """A finished write: its key and result, so that sending it again has no effect.

    The digest is of what was sent, and where to; it is blank in rows of before. The
    proof is keyed and covers all of this (`accounts.finished_writes`).
    """

    key = models.CharField(_("key"), max_length=64)
    user = models.ForeignKey(
        User, models.CASCADE, related_name="+", verbose_name=_("account")
    )
    location = models.CharField(_("result"), max_length=300)
    digest = models.CharField(_("digest"), max_length=64, blank=True, editable=False)
    proof = models.CharField(_("proof"), max_length=64, blank=True, editable=False)
    done_at = models.DateTimeField(_("done at"), auto_now_add=True, db_index=True)

    # Each form would write a second digest entry; instead each row proves itself.
    without_digest = EVERY_COLUMN

    class Meta:
        verbose_name = _("finished write")
        verbose_name_plural = _("finished writes")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"],
                name="idempotencyrecord_key_once",
                violation_error_message=_("This form was already sent and saved."),
            ),
        ]

    def __str__(self) -> str:
        return self.location
