"""The audit log, the access log, and the seals."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.querysets import (
    AccessEntryQuerySet,
    AuditEntryQuerySet,
    DigestEntryQuerySet,
    SealQuerySet,
)
from core.audit.presentation import action_label
from core.dates import format_time
from core.db.digests import EVERY_COLUMN
from core.db.triggers import AppendOnly
from organizations.models import Organization


class Entry(models.Model):
    """Who did what to which record, when and from where; append-only."""

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    actor = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    actor_name = models.CharField(_("name then"), max_length=60, blank=True)
    channel = models.CharField(_("channel"), max_length=20)
    address = models.CharField(_("address"), max_length=45, blank=True)
    request_id = models.CharField(_("request"), max_length=32, blank=True)
    action = models.CharField(_("action"), max_length=60)
    subject_type = models.CharField(_("kind of subject"), max_length=60)
    subject_id = models.CharField(_("subject"), max_length=40)
    subject_name = models.CharField(_("subject's name"), max_length=120, blank=True)
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("organization"),
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        at = timezone.localtime(self.at)
        return f"{format_time(at)} {self.actor_name} {action_label(self.action)}"


class AuditEntry(Entry):
    """One change: the values before and after, with secrets masked."""

    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)

    triggers = (AppendOnly("auditentry_frozen"),)
    # Tells of the records of an organization, and is none.
    is_log = True
    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit log entry")
        verbose_name_plural = _("audit log")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["subject_type", "subject_id"], name="auditentry_subject"
            ),
        ]


class AccessEntry(Entry):
    """One view, export or unmasking of personal data."""

    details = models.JSONField(_("details"), default=dict)

    triggers = (AppendOnly("accessentry_frozen"),)
    is_log = True
    objects = AccessEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("access entry")
        verbose_name_plural = _("access entries")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["subject_type", "subject_id"], name="accessentry_subject"
            ),
        ]


class DigestEntry(models.Model):
    """What an action wrote: the keyed digest of each row; append-only.

    `rows` holds by model and key the digest, or null for a row that is gone. The last
    digest of each row is compared with the row. Under `BEFORE` it holds the beginning
    of the digest of each changed row before the action, to be compared with its last.
    `mac` authenticates the entry, and is unique because the entry cannot be written
    twice.

    The entry that begins the digests names the head of the chain at that time in
    `after_seal`: all later seals are keyed.
    """

    at = models.DateTimeField(_("when"), default=timezone.now)
    action = models.CharField(_("action"), max_length=60)
    rows = models.JSONField(_("rows"), default=dict)
    after_seal = models.CharField(_("head then"), max_length=80, blank=True)
    mac = models.CharField(_("authentication"), max_length=64)

    triggers = (AppendOnly("digestentry_frozen"),)
    objects = DigestEntryQuerySet.as_manager()
    without_digest = EVERY_COLUMN

    class Meta:
        verbose_name = _("digests of written rows")
        verbose_name_plural = _("digests of written rows")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mac"],
                name="digestentry_mac",
                violation_error_message=_(
                    "The digests of this action are already stored. Nothing was saved;"
                    " try again."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.action}"


class Seal(models.Model):
    """A link of the chain: the digest of some entries and of the previous seal.

    All audit entries with a key up to `floor`, and all digest entries up to
    `digest_floor`, are known to be sealed. Seals from before keyed digests are not
    `keyed`; the first keyed one covers their head.
    """

    number = models.PositiveIntegerField(_("number"), unique=True)
    digest = models.CharField(_("digest"), max_length=64)
    previous = models.CharField(_("digest before"), max_length=64, blank=True)
    entries = models.PositiveIntegerField(_("entries"))
    digest_entries = models.PositiveIntegerField(default=0, editable=False)
    floor = models.BigIntegerField(default=0, editable=False)
    digest_floor = models.BigIntegerField(default=0, editable=False)
    keyed = models.BooleanField(default=False, editable=False)
    sealed_at = models.DateTimeField(_("sealed at"), default=timezone.now)

    triggers = (AppendOnly("seal_frozen"),)
    without_digest = EVERY_COLUMN
    objects = SealQuerySet.as_manager()

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}"


class SealLine(models.Model):
    """Which seal covers an entry."""

    entry = models.OneToOneField(
        AuditEntry,
        models.PROTECT,
        related_name="seal_line",
        primary_key=True,
        verbose_name=_("audit log entry"),
    )
    seal = models.ForeignKey(
        Seal, models.PROTECT, related_name="lines", verbose_name=_("seal")
    )

    triggers = (AppendOnly("sealline_frozen"),)
    without_digest = EVERY_COLUMN

    class Meta:
        verbose_name = _("sealed entry")
        verbose_name_plural = _("sealed entries")
        ordering = ["entry"]

    def __str__(self) -> str:
        return f"{self.seal_id}/{self.entry_id}"


class DigestSealLine(models.Model):
    """Which seal covers a digest entry."""

    entry = models.OneToOneField(
        DigestEntry,
        models.PROTECT,
        related_name="seal_line",
        primary_key=True,
        verbose_name=_("digests of written rows"),
    )
    seal = models.ForeignKey(
        Seal, models.PROTECT, related_name="digest_lines", verbose_name=_("seal")
    )

    triggers = (AppendOnly("digestsealline_frozen"),)
    without_digest = EVERY_COLUMN

    class Meta:
        verbose_name = _("sealed digests")
        verbose_name_plural = _("sealed digests")
        ordering = ["entry"]

    def __str__(self) -> str:
        return f"{self.seal_id}/{self.entry_id}"
