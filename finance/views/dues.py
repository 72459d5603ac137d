"""The page that calculates a month's dues by the rates on record."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.errors import DomainError
from core.months import today
from finance import permissions
from finance.dues import RULES, describe_rates, format_due
from finance.enums import Payer
from finance.forms import DuesForm
from finance.models import DuesRate
from finance.queries import dues_for, rate_for, rates_of


class DuesCalculator(UserPassesTestMixin, TemplateView):
    """Calculate the monthly dues on a base; nothing is written."""

    template_name = "finance/dues.html"

    def test_func(self) -> bool:
        return permissions.can_calculate_dues(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = "payer" in self.request.GET
        initial = {"payer": Payer.MONTHLY_WAGE, "on": today()}
        form = DuesForm(self.request.GET if asked else None, initial=initial)
        payer, base, day = Payer.MONTHLY_WAGE, None, today()
        if form.is_valid():
            values = form.cleaned_data
            payer, base, day = Payer(values["payer"]), values["base"], values["on"]
        applied, due = self._calculate(form, payer, base, day)
        extra = {
            "title": _("Calculate dues"),
            "lead": _("One member's dues for one month. Nothing is saved."),
            "form": form,
            "due": due,
            "payer": payer.label,
            "day": day,
            "bands": describe_rates(list(rates_of(payer, day)), applied),
            "rules": RULES,
        }
        return super().get_context_data(**extra, **kwargs)

    def _calculate(
        self, form: DuesForm, payer: Payer, base: Decimal | None, day: dt.date
    ) -> tuple[DuesRate | None, str]:
        """Return the rate and what is due; a refusal is shown on the form."""
        if not form.is_valid():
            return None, ""
        try:
            rate, due = rate_for(payer, base, day), dues_for(payer, base, day)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return None, ""
        return rate, format_due(due)
