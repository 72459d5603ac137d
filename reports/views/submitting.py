"""Views in which a community hands its return over: submit it, take it back."""

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from accounts.http import reader
from core.web.views import ActionView, ReadActionView
from reports import actions
from reports.burden.filing_time import forget_opened, minutes_since_opened
from reports.models import MonthlyReturn
from reports.views.base import FilingMixin, rows_read


class SubmitReturn(FilingMixin, ReadActionView[MonthlyReturn]):
    """Submit the return to the street, with the numbers that the page showed."""

    success_message = _("The return was submitted to the street.")

    @classmethod
    def shown_rows(cls, row: MonthlyReturn) -> list[Model]:
        return rows_read(row)

    def run_action(self, obj: MonthlyReturn) -> None:
        taken = minutes_since_opened(self.request, obj)
        actions.submit_return(obj, by=reader(self.request), minutes=taken)
        forget_opened(self.request, obj)


class WithdrawReturn(FilingMixin, ActionView[MonthlyReturn]):
    """Take the return back before it is decided on."""

    success_message = _("The return was withdrawn and can be changed again.")

    def run_action(self, obj: MonthlyReturn) -> None:
        actions.withdraw_return(obj, by=reader(self.request))
