"""What waits for those who keep money."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.registries.todos import Todo, TodoSource, todo_sources
from finance.enums import VoucherState
from finance.models import Voucher
from organizations.roles import Role


def _list_of(state: VoucherState) -> str:
    return f"{reverse('finance:vouchers')}?state={state.value}"


def vouchers_waiting(user: Actor, _day: dt.date) -> Iterator[Todo]:
    """Vouchers to approve for the cashier, returned ones for the accountant."""
    to_approve = Voucher.objects.reached_by(user, {Role.CASHIER}).submitted()
    if count := to_approve.entered_by_another_than(user).count():
        url = _list_of(VoucherState.SUBMITTED)
        yield Todo(_("Vouchers to approve"), url, count)
    returned = Voucher.objects.reached_by(user, {Role.ACCOUNTANT}).returned()
    if count := returned.count():
        url = _list_of(VoucherState.RETURNED)
        yield Todo(_("Returned vouchers to correct"), url, count)


todo_sources.add(TodoSource("finance.vouchers", vouchers_waiting))
