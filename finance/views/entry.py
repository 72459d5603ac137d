"""Enter and correct vouchers."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.http import reader
from communities.models import Project
from core.months import today
from core.web.views import ChangeView, RowFormView
from finance import actions, permissions
from finance.enums import VoucherKind
from finance.forms import FORMS, ExpenditureForm, IncomeForm
from finance.models import Fund, FundUse, Voucher
from organizations.queries import filing_organization, is_closed

DRAFT = "as_draft"
SAVED_AS_DRAFT = _("Saved as a draft. Nobody reviews it before you submit it.")


def choices_of(fund: Fund) -> dict[str, Any]:
    """Return the rows that a voucher of the fund may name."""
    return {
        "use": FundUse.objects.of_kind(fund.kind, today()),
        "project": Project.objects.within(fund.organization),
    }


class EnterVoucher(RowFormView[Fund]):
    """The accountant's form; it is left a draft or submitted for review."""

    model = Fund
    template_name = "finance/voucher_form.html"
    submit_label = _("Submit for review")
    success_message = _("Saved. The voucher now waits for review.")

    def get_rows(self) -> Any:
        return super().get_rows().select_related("organization")

    def has_permission(self, obj: Fund) -> bool:
        return permissions.can_enter(self.request.user, obj)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "fund": self.row,
            "choices": choices_of(self.row),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row, **kwargs)

    def run_action(self, form: Any) -> str:
        if DRAFT in self.request.POST:
            self.success_message = SAVED_AS_DRAFT
        voucher = self.enter(
            self.row,
            by=reader(self.request),
            as_draft=DRAFT in self.request.POST,
            **form.action_values(),
        )
        return voucher.get_absolute_url()

    def enter(self, fund: Fund, **values: Any) -> Voucher:
        """Enter the voucher; override."""
        raise NotImplementedError


class EnterIncome(EnterVoucher):
    """Money that came in."""

    form_class = IncomeForm
    title = _("Enter an income")

    def enter(self, fund: Fund, **values: Any) -> Voucher:
        return actions.enter_income(fund, **values)


class EnterExpenditure(EnterVoucher):
    """Money that goes out."""

    form_class = ExpenditureForm
    title = _("Enter an expenditure")

    def enter(self, fund: Fund, **values: Any) -> Voucher:
        return actions.enter_expenditure(fund, **values)


class AmendVoucher(ChangeView[Voucher]):
    """Correct a voucher that is not posted yet, and submit it again."""

    model = Voucher
    template_name = "finance/voucher_form.html"
    title = _("Correct the voucher")
    submit_label = _("Submit for review")
    success_message = _("Saved. The voucher now waits for review.")

    def get_rows(self) -> Any:
        return super().get_rows().select_related("fund__organization")

    def has_permission(self, obj: Voucher) -> bool:
        return permissions.can_amend(self.request.user, obj)

    def get_form_class(self) -> Any:
        return FORMS[VoucherKind(self.row.kind)]

    def get_initial(self) -> dict[str, Any]:
        """Offer today for booking what was booked in a month that has closed since."""
        initial, row = super().get_initial(), self.row
        organization = filing_organization(row.fund.organization)
        if is_closed(organization, row.booked_on):
            return {**initial, "booked_on": today()}
        is_later = row.booked_on != row.happened_on
        return {**initial, "booked_on": row.booked_on if is_later else None}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "fund": self.row.fund,
            "choices": choices_of(self.row.fund),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row.return_reason, **kwargs)

    def run_action(self, form: Any) -> str:
        if DRAFT in self.request.POST:
            self.success_message = SAVED_AS_DRAFT
        voucher = actions.amend_voucher(
            self.row,
            by=reader(self.request),
            as_draft=DRAFT in self.request.POST,
            **form.action_values(),
        )
        return voucher.get_absolute_url()
