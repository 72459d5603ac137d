"""Hashes of the passwords that people had."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User


class FormerPassword(models.Model):
    """The hash of a password that a person set, so that it is not used again."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="former_passwords", verbose_name=_("account")
    )
    hash = models.CharField(_("hash"), max_length=128, editable=False)
    set_at = models.DateTimeField(_("set at"), default=timezone.now)

    class Meta:
        verbose_name = _("former password")
        verbose_name_plural = _("former passwords")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.user_id}"
