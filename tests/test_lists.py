"""Every list of the admin, for few rows and for many: a list missing here fails."""

import datetime as dt
import importlib
import pkgutil

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from factory.django import DjangoModelFactory

import tests.factories
from accounts.models import AccessEntry, Seal
from members.actions import record_mobile
from members.enums import MobileKind
from organizations.models import Organization
from organizations.roles import Role
from tests.factories.accounts import RoleAssignmentFactory, UserFactory
from tests.factories.finance import IncomeFactory, posted
from tests.factories.members import MemberFactory
from tests.factories.organizations import LONG_AGO, CommunityFactory, closed

FEW, MORE = 2, 5
JUNE = dt.date(2026, 6, 1)
ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.AUDITOR)
# Lists kept for the whole installation: no work of a street makes them longer.
INSTALLATION_WIDE = {
    "finance.DuesRate",
    "finance.FundUse",
    "organizations.CodeItem",
    "organizations.Threshold",
    "organizations.WorkdayOverride",
}


def factories():
    """The factory of each model, the first of its module where there are several."""
    by_label = {}
    for module in pkgutil.iter_modules(tests.factories.__path__):
        names = vars(importlib.import_module(f"tests.factories.{module.name}"))
        for one in names.values():
            is_factory = isinstance(one, type) and issubclass(one, DjangoModelFactory)
            if is_factory and one is not DjangoModelFactory:
                by_label.setdefault(one._meta.model._meta.label, one)
    return by_label


def record_access():
    """Create an entry that somebody read a record."""
    AccessEntry.objects.create(
        action="tests.look",
        subject_id="1",
        channel="page",
        organization=CommunityFactory(),
    )


MAKERS = factories() | {
    "accounts.AccessEntry": record_access,
    "accounts.AuditEntry": CommunityFactory,
    "accounts.Seal": lambda: Seal.objects.create(
        number=Seal.objects.count() + 1, digest="0" * 64, entries=0
    ),
    "finance.Line": lambda: posted(IncomeFactory()),
    "members.Affiliation": MemberFactory,
    "members.MobileRecord": lambda: record_mobile(
        MemberFactory(), kind=MobileKind.WORKING_AWAY, by=None, on=LONG_AGO
    ),
    "organizations.MonthState": lambda: closed(CommunityFactory(), JUNE),
}
LISTS = {model._meta.label: keeper for model, keeper in admin.site._registry.items()}


def readers():
    """A person whose role reaches every row, and the administrators."""
    keeper = UserFactory()
    for top in Organization.objects.filter(parent=None):
        RoleAssignmentFactory(user=keeper, role=Role.STREET_STAFF, organization=top)
    return keeper, *(
        RoleAssignmentFactory(role=code, organization=None).user
        for code in ADMINISTRATORS
    )


def read(client, url):
    """Open a list as the reader who sees most; return its rows and their queries."""
    seen = []
    for person in readers():
        client.force_login(person, "accounts.backends.UsernameOrPhone")
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(url)
        if answer.status_code == 200:
            seen.append((answer.context["cl"].result_count, len(queries)))
    return max(seen)


def test_every_list_has_its_rows():
    assert sorted(LISTS) == sorted({*LISTS} & {*MAKERS} | INSTALLATION_WIDE)


@pytest.mark.parametrize("label", sorted({*LISTS} - INSTALLATION_WIDE))
@pytest.mark.django_db
def test_a_list_costs_the_same_for_few_rows_and_many(client, label):
    url = reverse(f"admin:{label.lower().replace('.', '_')}_changelist")
    CommunityFactory()
    for _row in range(FEW):
        MAKERS[label]()
    rows, cost = read(client, url)

    for _row in range(MORE):
        MAKERS[label]()
    many, same = read(client, url)

    assert same == cost
    assert many - rows >= MORE
