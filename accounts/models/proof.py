"""What `verify` proved, and when."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.querysets import VerificationQuerySet
from core.dates import format_time
from core.db.digests import EVERY_COLUMN
from core.db.triggers import AppendOnly


class KeyCheck(models.Model):
    """A known text under one of the installation's keys.

    At start-up each key has to open what it sealed. A wrong key would otherwise show as
    the first member whose number cannot be read, or as a member entered twice.
    """

    name = models.CharField(_("key"), max_length=60, unique=True)
    sealed = models.CharField(_("known text, sealed"), max_length=200)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    without_digest = EVERY_COLUMN

    class Meta:
        verbose_name = _("key check")
        verbose_name_plural = _("key checks")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Verification(models.Model):
    """One complete run of `verify`: its verdict, and the seal it ended on.

    The auditor's page shows the last one. Its seal is compared with a head that was
    printed, mailed or filed outside this machine. `findings` lists what is broken or
    could not be proved: key, status, number of lines, the first lines.
    """

    began_at = models.DateTimeField(_("begun at"))
    finished_at = models.DateTimeField(_("finished at"), default=timezone.now)
    holds = models.BooleanField(_("everything holds"))
    invariants = models.PositiveIntegerField(_("statements checked"), editable=False)
    findings = models.JSONField(_("findings"), default=list)
    seal_number = models.PositiveIntegerField(
        _("number of the seal"), null=True, editable=False
    )
    seal_digest = models.CharField(_("digest of the seal"), max_length=64, blank=True)

    triggers = (AppendOnly("verification_frozen"),)
    objects = VerificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        ordering = ["-pk"]
        get_latest_by = "pk"

    def __str__(self) -> str:
        return format_time(timezone.localtime(self.finished_at))
