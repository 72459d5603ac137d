"""One table says who signs a voucher; pages, to-dos and the database agree with it."""

from contextlib import contextmanager
from decimal import Decimal
from itertools import product

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from accounts.models import User
from core.registries.invariants import invariants
from finance.enums import AWAITING, VoucherKind, VoucherState
from finance.models import Voucher
from finance.permissions import (
    can_return,
    can_take_next_step,
    street_approval_limit,
)
from finance.signing_steps import (
    APPROVAL,
    PAYMENT,
    REVIEW,
    SIGNATURES,
    STEPS,
    step_in,
    steps_of,
)
from finance.steps_ahead import steps_ahead
from finance.views.vouchers import next_step
from organizations.roles import MONEY_KEEPERS, SUBTREE, Role
from tests.factories.accounts import RoleAssignmentFactory, UserFactory, holder
from tests.factories.finance import ExpenditureFactory, IncomeFactory, filled
from tests.tampering import owner_of_the_tables

pytestmark = [pytest.mark.django_db, pytest.mark.both]

FACTORIES = {
    VoucherKind.INCOME: IncomeFactory,
    VoucherKind.EXPENDITURE: ExpenditureFactory,
}
PAIRS = [(step, earlier) for step in STEPS for earlier in step.excluded]


def signed_before(voucher, step):
    """Let others sign up to a step; return who did, each with a role for the rest."""
    others = {"entered_by": voucher.entered_by}
    for column in step.excluded[1:]:
        others[column] = UserFactory()
    Voucher.objects.filter(pk=voucher.pk).update(state=step.state, **others)
    voucher.refresh_from_db()
    for person, role in product(others.values(), sorted(step.roles | step.stand_ins)):
        if role not in MONEY_KEEPERS or person != voucher.entered_by:
            RoleAssignmentFactory(
                user=person, role=role, organization=voucher.fund.organization
            )
    return set(others.values())


def rows_for(step):
    """The kinds and sizes of vouchers that come to a step."""
    kinds = [kind for kind in FACTORIES if step in steps_of(kind)]
    return [(step, kind, large) for kind in kinds for large in (False, True)]


@pytest.mark.parametrize("has_second", [False, True])
@pytest.mark.parametrize(
    ("step", "kind", "large"), [row for step in STEPS for row in rows_for(step)]
)
def test_page_to_do_and_steps_ahead_ask_the_table(
    fund, accountant, step, kind, large, has_second
):
    limit = street_approval_limit()
    filled(fund, limit * 3)
    User.objects.exclude(pk=accountant.pk).update(is_active=False)
    amount = Decimal(limit if large else limit - 1)
    voucher = FACTORIES[kind](fund=fund, by=accountant, amount=amount)
    # Two of the street, because who alone could approve does not review.
    held = [*sorted(SUBTREE - {Role.ACCOUNTANT}), Role.STREET_STAFF]
    held += [Role.ACCOUNTANT] * has_second
    holders = {holder(role, fund.organization): role for role in held}
    people = [*holders, *signed_before(voucher, step)]

    roles = step.roles_for(large=large and kind == VoucherKind.EXPENDITURE)
    if step.stand_ins and not has_second:
        roles = step.stand_ins
    expected = {person for person, role in holders.items() if role in roles}
    ahead = next(iter(steps_ahead(voucher)))
    found = {
        "permission": {one for one in people if can_take_next_step(one, voucher)},
        "return": {one for one in people if can_return(one, voucher)},
        "page": {one for one in people if next_step(one, voucher)},
        "to-do": {
            one
            for one in people
            if Voucher.objects.awaiting(step, one, limit).contains(voucher)
        },
        "steps ahead": {one for named in ahead.people.values() for one in named},
    }
    assert found == dict.fromkeys(found, expected)
    assert expected


def test_each_state_that_waits_has_its_step():
    assert [step_in(state) for state in AWAITING] == [REVIEW, APPROVAL, PAYMENT]


def distinct_signatures(voucher):
    """A different person in each column."""
    return {column: UserFactory() for column in SIGNATURES}


@pytest.mark.parametrize(
    ("step", "earlier"), PAIRS, ids=lambda one: getattr(one, "column", one)
)
def test_the_database_lets_nobody_take_two_steps(fund, step, earlier):
    voucher = ExpenditureFactory(fund=fund)
    signed = distinct_signatures(voucher)
    said = {"posted_at": timezone.now(), "number": 99, "state": VoucherState.POSTED}
    rows = Voucher.objects.filter(pk=voucher.pk)
    signed[step.column] = {**signed, "entered_by": voucher.entered_by}[earlier]

    with pytest.raises(IntegrityError, match="voucher_"), transaction.atomic():
        rows.update(**said, **signed)
    assert rows.update(**said, **distinct_signatures(voucher)) == 1


@contextmanager
def unchecked(model):
    """Lift the checks of a table as its owner would; put them back at the end."""
    with owner_of_the_tables():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                for rule in model._meta.constraints:
                    if isinstance(rule, models.CheckConstraint):
                        cursor.execute(
                            f"ALTER TABLE {model._meta.db_table}"
                            f" DROP CONSTRAINT {rule.name}"
                        )
        yield


@pytest.mark.parametrize(
    ("step", "earlier"), PAIRS, ids=lambda one: getattr(one, "column", one)
)
def test_verify_finds_whoever_took_two_steps(fund, step, earlier):
    voucher = ExpenditureFactory(fund=fund)
    signed = distinct_signatures(voucher)
    said = {"posted_at": timezone.now(), "number": 99, "state": VoucherState.POSTED}
    twice = {**signed, "entered_by": voucher.entered_by}[earlier]
    rows = Voucher.objects.filter(pk=voucher.pk)
    check = next(one for one in invariants if one.key == "finance.two_hands")

    with unchecked(Voucher):
        rows.update(**said, **signed)
        right = list(check.broken())
        rows.update(**{step.column: twice})
        wrong = list(check.broken())

    assert (right, wrong) == ([], [f"voucher {voucher.pk}"])


@pytest.mark.parametrize("kind", FACTORIES)
def test_the_database_wants_the_signatures_of_the_table_in_each_state(fund, kind):
    voucher = FACTORIES[kind](fund=fund)
    rows = Voucher.objects.filter(pk=voucher.pk)
    steps = steps_of(kind)
    needed = {step.state: number for number, step in enumerate(steps)}
    needed |= dict.fromkeys(
        (VoucherState.DRAFT, VoucherState.RETURNED, VoucherState.CANCELLED), 0
    )
    needed[VoucherState.POSTED] = len(steps)
    taken = {}
    for state, count in product(VoucherState, range(len(SIGNATURES) + 1)):
        signed = {column: UserFactory() for column in SIGNATURES[:count]}
        if state == VoucherState.POSTED:
            signed |= {"posted_at": timezone.now(), "number": 99}
        try:
            with transaction.atomic():
                rows.update(state=state, **signed)
                taken.setdefault(state, []).append(count)
                transaction.set_rollback(True)
        except IntegrityError:
            continue

    assert taken == {state: [count] for state, count in needed.items()}
