"""Private addresses at which calendar programs fetch a person's own dates."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.querysets import CalendarAddressQuerySet


class CalendarAddress(models.Model):
    """An address that opens one person's dates without signing in, until it is ended.

    Only its keyed digest is kept: whoever reads the table opens no calendar.
    """

    user = models.ForeignKey(
        User,
        models.CASCADE,
        related_name="calendar_addresses",
        verbose_name=_("account"),
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = CalendarAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(revoked_at=None),
                name="calendaraddress_one_current_per_account",
                violation_error_message=_("The account has a calendar address."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)
