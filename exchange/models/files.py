"""Attachments: files on disk that belong to records."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.querysets import AttachmentQuerySet
from organizations.models import Organization


def random_name() -> str:
    """Return a random name for a file."""
    return uuid.uuid4().hex


class Attachment(models.Model):
    """A file on disk under a random name; sent as a download, never displayed.

    `content_type` is derived from its bytes, not from its name. The bytes are erased on
    `erase_on`; the row remains. What was made for one person, and not for an office,
    belongs to no organization: only the person's own job hands it out.
    """

    stored_name = models.CharField(
        max_length=32, unique=True, default=random_name, editable=False
    )
    original_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("bytes"))
    content_type = models.CharField(_("type"), max_length=100)
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organization"),
    )
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    kept_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    erase_on = models.DateField(_("to be erased on"), null=True, blank=True)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.original_name

    @property
    def path(self) -> Path:
        """The path of the bytes on disk."""
        return Path(settings.ATTACHMENT_DIR, self.stored_name[:2], self.stored_name)
