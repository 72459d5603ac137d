"""Uses of funds and rates of dues in the admin: dated rules, never changed."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from finance.actions import add_dues_rate, add_fund_use, end_dues_rate, end_fund_use
from finance.enums import FundKind, Payer
from finance.errors import DuesBandsOverlap, FundUseSpent, RuleNotBegun, RuleRuns
from finance.models import DuesRate, FundUse
from organizations.roles import Role
from tests.factories.accounts import RoleAssignmentFactory
from tests.factories.finance import ExpenditureFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 6, 20)
TOMORROW = TODAY + dt.timedelta(days=1)
NEW_USE = {
    "fund_kind": FundKind.DUES,
    "name": "订阅党报党刊",
    "starts_on": TODAY,
    "by": None,
}
TOP_BAND = {
    "payer": Payer.MONTHLY_WAGE,
    "above": Decimal(10000),
    "up_to": None,
    "starts_on": TODAY,
    "by": None,
}


@pytest.fixture
def desk(client):
    """The browser of the system administrator."""
    assignment = RoleAssignmentFactory(role=Role.SYSTEM_ADMIN, organization=None)
    client.force_login(assignment.user, "accounts.backends.UsernameOrPhone")
    return client


def test_the_system_administrator_adds_a_use_and_ends_it_in_the_browser(desk):
    add = reverse("admin:finance_funduse_add")
    sent = {**NEW_USE, "starts_on": TODAY.isoformat(), "is_allowed": "on"}
    desk.post(add, {**sent, "position": "1", "basis": "中组发〔2017〕24号", "by": ""})
    use = FundUse.objects.get(name=NEW_USE["name"])

    desk.post(
        reverse("admin:finance_funduse_end", args=[use.pk]),
        {"on": TOMORROW.isoformat(), "reason": "文件废止"},
    )

    use.refresh_from_db()
    entries = AuditEntry.objects.about(use).order_by("pk")
    assert (use.starts_on, use.ends_on) == (TODAY, TOMORROW)
    assert [entry.reason for entry in entries] == ["", "文件废止"]


def test_street_staff_read_the_rules_and_change_none(client, staff):
    client.force_login(staff, "accounts.backends.UsernameOrPhone")
    rate = DuesRate.objects.earliest("pk")

    read = client.get(reverse("admin:finance_duesrate_change", args=[rate.pk]))
    added = client.get(reverse("admin:finance_duesrate_add"))
    ended = client.post(reverse("admin:finance_duesrate_end", args=[rate.pk]))

    statuses = (read.status_code, added.status_code, ended.status_code)
    assert statuses == (200, 403, 403)


def test_a_use_in_force_is_not_recorded_twice():
    add_fund_use(**NEW_USE)

    with pytest.raises(RuleRuns):
        add_fund_use(**{**NEW_USE, "starts_on": TOMORROW})


def test_a_use_that_a_voucher_names_ends_after_that_voucher(fund):
    voucher = ExpenditureFactory(fund=fund)

    with pytest.raises(FundUseSpent):
        end_fund_use(voucher.use, on=voucher.happened_on, reason="x", by=None)
    later = voucher.happened_on + dt.timedelta(days=1)
    end_fund_use(voucher.use, on=later, reason="文件废止", by=None)

    voucher.use.refresh_from_db()
    assert voucher.use.ends_on == later


def test_a_new_rate_of_a_band_ends_the_one_before_on_its_day():
    before = DuesRate.objects.get(payer=Payer.MONTHLY_WAGE, above=10000)

    new = add_dues_rate(**TOP_BAND, percent=Decimal("2.5"))

    before.refresh_from_db()
    day_before = TODAY - dt.timedelta(days=1)
    rates = [
        DuesRate.objects.on(Payer.MONTHLY_WAGE, day).over(Decimal(20000)).get().pk
        for day in (day_before, TODAY)
    ]
    assert (before.ends_on, rates) == (TODAY, [before.pk, new.pk])
    entry = AuditEntry.objects.get(
        subject_id=str(before.pk), subject_type__endswith="DuesRate"
    )
    assert (entry.before, entry.after) == ({"ends_on": None}, {"ends_on": f"{TODAY}"})


def test_a_band_that_overlaps_another_is_refused():
    with pytest.raises(DuesBandsOverlap):
        add_dues_rate(**{**TOP_BAND, "above": Decimal(8000)}, percent=Decimal(2))

    assert not DuesRate.objects.filter(above=8000).exists()


def test_a_rate_ends_once_and_after_it_began():
    rate = DuesRate.objects.get(payer=Payer.MONTHLY_WAGE, above=10000)

    with pytest.raises(RuleNotBegun):
        end_dues_rate(rate, on=rate.starts_on, reason="x", by=None)
    end_dues_rate(rate, on=TOMORROW, reason="调整", by=None)
    with pytest.raises(RuleNotBegun):
        end_dues_rate(rate, on=TOMORROW, reason="再次", by=None)
