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
from organizations.enums import ThresholdKey
from organizations.models import Threshold
from organizations.roles import Role


def _awaiting_review_by(user: Actor, day: dt.date) -> VoucherQuerySet:
    """Return the submitted vouchers that the person may review as accountant.

    Where there is no other accountant, the secretary and the street review too, but
    not whoever alone could approve.
    """
    submitted = Voucher.objects.submitted()
    of_accountant = submitted.in_scope_of(user, {Role.ACCOUNTANT})
    stand_ins = submitted.in_scope_of(user, {Role.SECRETARY, Role.STREET_STAFF})
    reached = of_accountant | stand_ins.without_second_accountant()
    limit = Threshold.objects.on(ThresholdKey.STREET_APPROVAL, day)
    return reached.approved_without(user, limit)


def _awaiting_approval_by(user: Actor, day: dt.date) -> VoucherQuerySet:
    """Return the reviewed vouchers that the person may approve."""
    limit = Threshold.objects.on(ThresholdKey.STREET_APPROVAL, day)
    small = Voucher.objects.in_scope_of(user, {Role.SECRETARY})
    all_sizes = Voucher.objects.in_scope_of(user, {Role.STREET_STAFF})
    reached = small.approved_by_secretary(limit) | all_sizes
    return reached.reviewed().without_signature_of(user)


def _waiting(
    user: Actor, day: dt.date
) -> Iterator[tuple[StrOrPromise, VoucherState, VoucherQuerySet]]:
    """Yield what waits for each role: its label, its state and its rows."""
    to_pay = Voucher.objects.in_scope_of(user, {Role.CASHIER}).approved()
    of_accountant = Voucher.objects.in_scope_of(user, {Role.ACCOUNTANT})
    returned = of_accountant.returned()
    yield (
        _("Vouchers to review"),
        VoucherState.SUBMITTED,
        _awaiting_review_by(user, day).exclude(entered_by=getattr(user, "pk", None)),
    )
    yield (
        _("Vouchers to approve"),
        VoucherState.REVIEWED,
        _awaiting_approval_by(user, day),
    )
    yield _("Vouchers to pay"), VoucherState.APPROVED, to_pay.without_signature_of(user)
    yield (
        _("Returned vouchers to correct"),
        VoucherState.RETURNED,
        returned,
    )
    yield (
        _("Draft vouchers to submit"),
        VoucherState.DRAFT,
        of_accountant.drafts(),
    )


def vouchers_waiting(user: Actor, day: dt.date) -> Iterator[Todo]:
    """Vouchers whose next step the person may take."""
    for label, state, rows in _waiting(user, day):
        if count := rows.count():
            url = f"{reverse('finance:vouchers')}?state={state.value}"
            yield Todo(label, url, count)


todo_sources.add(TodoSource("finance.vouchers", vouchers_waiting))
