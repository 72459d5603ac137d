"""The fund."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from finance.enums import FundKind
from finance.querysets import FundQuerySet
from organizations.models import Organization


class Fund(models.Model):
    """Money of one kind that one organization keeps a ledger of.

    `balance` copies the ledger's last running balance and is written with it, under
    the fund's lock; the two counters give out numbers that leave no gap.
    """

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="funds",
        verbose_name=_("organization"),
    )
    kind = models.CharField(_("kind of fund"), max_length=20, choices=FundKind)
    name = models.CharField(_("name"), max_length=60)
    balance = models.DecimalField(
        _("balance (yuan)"), max_digits=14, decimal_places=2, default=0, editable=False
    )
    last_number = models.PositiveIntegerField(default=0, editable=False)
    last_voucher = models.PositiveIntegerField(default=0, editable=False)

    objects = FundQuerySet.as_manager()

    class Meta:
        verbose_name = _("fund")
        verbose_name_plural = _("funds")
        ordering = ["organization__path", "kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="fund_name_once_per_organization",
                violation_error_message=_(
                    "This organization already has a fund of that name."
                ),
            ),
            models.CheckConstraint(
                condition=Q(balance__gte=0),
                name="fund_never_below_zero",
                violation_error_message=_("A fund never falls below zero."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The fund's ledger."""
        return reverse("finance:fund", args=[self.pk])
