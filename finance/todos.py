"""Todos of people who keep money."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.registries.todos import Todo, TodoSource, todo_sources
from core.text import StrOrPromise
from finance.enums import VoucherState
from finance.models import Voucher
from finance.querysets import VoucherQuerySet
from finance.signing_steps import APPROVAL, PAYMENT, REVIEW
from organizations.enums import ThresholdKey
from organizations.models import Threshold
from organizations.roles import Role

TO_SIGN = (
    (REVIEW, _("Vouchers to review")),
    (APPROVAL, _("Vouchers to approve")),
    (PAYMENT, _("Vouchers to pay")),
)


def _waiting(
    user: Actor, day: dt.date
) -> Iterator[tuple[StrOrPromise, VoucherState, VoucherQuerySet]]:
    """Yield what waits for each role: its label, its state and its rows."""
    limit = Threshold.objects.on(ThresholdKey.STREET_APPROVAL, day)
    for step, label in TO_SIGN:
        yield label, step.state, Voucher.objects.awaiting(step, user, limit)
    entered = Voucher.objects.in_scope_of(user, {Role.ACCOUNTANT})
    yield (
        _("Returned vouchers to correct"),
        VoucherState.RETURNED,
        entered.returned(),
    )
    yield _("Draft vouchers to submit"), VoucherState.DRAFT, entered.drafts()


def vouchers_waiting(user: Actor, day: dt.date) -> Iterator[Todo]:
    """Vouchers whose next step the person may take."""
    for label, state, rows in _waiting(user, day):
        if count := rows.count():
            url = f"{reverse('finance:vouchers')}?state={state.value}"
            yield Todo(label, url, count)


todo_sources.add(TodoSource("finance.vouchers", vouchers_waiting))
