"""The fund."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.db.bounds import bounded
from core.db.money import MoneyField
from core.db.triggers import Forbidden
from finance.bounds import MAX_BALANCE
from finance.enums import FundKind
from finance.querysets import FundQuerySet
from organizations.fitting import sql_of_temporary
from organizations.models import Organization

TEMPORARY = sql_of_temporary("NEW.organization_id")
OPENED_FILLED = """
NEW.balance <> 0 OR NEW.last_number <> 0 OR EXISTS (
    SELECT 1 FROM finance_fund AS known WHERE known.last_number > 0 AND (
        known.id = NEW.id
        OR known.organization_id = NEW.organization_id AND known.name = NEW.name))
"""
CHANGED_WITHOUT_A_LINE = """
(NEW.balance <> OLD.balance OR NEW.last_number <> OLD.last_number) AND NOT EXISTS (
    SELECT 1 FROM finance_line AS last
    WHERE last.fund_id = NEW.id AND last.number = NEW.last_number
    AND last.balance_after = NEW.balance AND last.number = (
        SELECT MAX(number) FROM finance_line WHERE fund_id = NEW.id))
"""


class Fund(models.Model):
    """A ledger for money of one kind of one organization.

    `balance` copies the ledger's last running balance and is written with it, under the
    fund's lock; the database refuses any other change of it. The two counters assign
    numbers without gaps.
    """

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="funds",
        verbose_name=_("organization"),
    )
    kind = models.CharField(_("kind of fund"), max_length=20, choices=FundKind)
    name = models.CharField(_("name"), max_length=60)
    balance = MoneyField(_("balance (yuan)"), default=0, editable=False)
    last_number = models.PositiveIntegerField(default=0, editable=False)
    last_voucher = models.PositiveIntegerField(default=0, editable=False)

    triggers = (
        Forbidden(
            "fund_of_dues_in_no_temporary_branch",
            event="INSERT",
            when=f"NEW.kind = '{FundKind.DUES}' AND {TEMPORARY}",
            message="members pay no dues to a temporary branch",
        ),
        Forbidden(
            "fund_opens_empty",
            event="INSERT",
            when=OPENED_FILLED,
            message="a fund opens empty and is not replaced",
        ),
        Forbidden(
            "fund_balance_follows_its_lines",
            event="UPDATE",
            when=CHANGED_WITHOUT_A_LINE,
            message="a balance changes only with a ledger line",
        ),
    )
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
            bounded("balance", least=0, most=MAX_BALANCE, name="fund_balance_bounds"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The fund's ledger."""
        return reverse("finance:fund", args=[self.pk])
