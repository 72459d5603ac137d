"""Lists that somebody took along, where they were too long to be answered at once."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange.enums import ExportKind
from exchange.querysets import ListExportQuerySet


class ListExport(models.Model):
    """A list that a worker writes into a file for the person who asked for it.

    `address` is the page's, with its filters and its order. `held` are the role
    assignments that the person had when they asked: the file is theirs as long as they
    still have all of them.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("asked for by"),
    )
    address = models.CharField(_("address of the list"), max_length=2000)
    kind = models.CharField(_("kind of file"), max_length=4, choices=ExportKind)
    language = models.CharField(_("language"), max_length=10)
    held = models.JSONField(_("role assignments then"), default=list)
    asked_at = models.DateTimeField(_("asked for at"), default=timezone.now)

    objects = ListExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("list export")
        verbose_name_plural = _("list exports")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"
