"""A date known to the month only is a month wherever it is shown, and stays one."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from core.partial_dates import PartialDate
from members.actions import change_member
from members.enums import Precision, Standing
from members.forms import PartialDateField
from members.models import Member
from organizations.roles import Role
from tests.access_matrix.tables import open_pages
from tests.client import Browser
from tests.factories.accounts import holder
from tests.factories.members import CheckInFactory, MemberFactory
from tests.factories.organizations import BranchFactory

JOINED, FULL = dt.date(1978, 7, 1), dt.date(1979, 8, 1)
AS_A_DAY = re.compile(
    r"1978[-./年]0?7[-./月]0?1(?!\d)|1979[-./年]0?8[-./月]0?1(?!\d)|Ju?ly? 1, 1978"
)
AS_A_MONTH = re.compile(r"1978[-./年]0?7(?![\d-])")
IN_MONTHS = {
    "join_date": JOINED,
    "join_precision": Precision.MONTH,
    "full_member_date": FULL,
    "full_member_precision": Precision.MONTH,
}
SHOWING = {"members:detail", "members:change", "members:me", "figures:rows"}


def text_of(answer):
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return raw.decode("utf-8", "replace")


def signed_in(user):
    browser = Browser()
    browser.force_login(user, backend="accounts.backends.UsernameOrPhone")
    return browser


@pytest.mark.parametrize("table", sorted(open_pages()))
def test_no_page_shows_a_day_that_is_not_known(world, table):
    days, months = [], set()
    for name, access in open_pages()[table].items():
        own, _foreign = access.args(world)
        Member.objects.update(
            birth_date=dt.date(1950, 1, 1), standing=Standing.FULL, **IN_MONTHS
        )
        for person in access.openers[:2]:
            user = world.people[person]
            browser = signed_in(user) if user else Browser()
            text = text_of(browser.get(reverse(name, args=own)))
            if AS_A_DAY.search(text):
                days.append((name, person))
            if AS_A_MONTH.search(text):
                months.add(name)

    assert days == []
    assert months >= SHOWING & set(open_pages()[table])


@pytest.fixture
def member(branch):
    return MemberFactory(
        organization=branch, birth_date=dt.date(1950, 1, 1), **IN_MONTHS
    )


@pytest.mark.parametrize("page", ["change", "history"])
def test_the_admin_shows_keepers_the_month(street, member, page):
    change_member(member, by=None, remark="—", **IN_MONTHS)
    browser = signed_in(holder(Role.STREET_STAFF, street))
    url = reverse(f"admin:members_member_{page}", args=[member.pk])

    text = text_of(browser.get(url))

    assert (bool(AS_A_MONTH.search(text)), AS_A_DAY.search(text)) == (True, None)


def test_the_admin_shows_readers_the_month(street, east):
    guest = MemberFactory(
        organization=BranchFactory(), birth_date=dt.date(1950, 1, 1), **IN_MONTHS
    )
    CheckInFactory(community=east, member=guest)
    browser = signed_in(holder(Role.STREET_STAFF, street))
    url = reverse("admin:members_member_change", args=[guest.pk])

    answer = browser.get(url)

    assert not answer.context["has_change_permission"]
    assert AS_A_MONTH.search(text_of(answer))
    assert AS_A_DAY.search(text_of(answer)) is None


def change(browser, member, url, **typed):
    context = browser.get(url).context
    form = context["adminform"].form if "adminform" in context else context["form"]
    data = {b.html_name: "" if b.value() is None else b.value() for b in form}
    data = {
        name: form[name].field.prepare_value(value) if name in typed else value
        for name, value in data.items()
    } | typed
    answer = browser.post(url, data)
    member.refresh_from_db()
    return answer


@pytest.mark.parametrize(
    "url", ["members:change", "admin:members_member_change"], ids=["page", "admin"]
)
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1978-07", PartialDate(JOINED, "month")),
        ("1978年7月", PartialDate(JOINED, "month")),
        ("1978.06", PartialDate(dt.date(1978, 6, 1), "month")),
        ("1978-07-09", PartialDate(dt.date(1978, 7, 9))),
        ("1978.7.1", PartialDate(JOINED)),
    ],
)
def test_a_correction_says_how_exactly_the_date_is_known(
    street, member, url, typed, expected
):
    browser = signed_in(holder(Role.STREET_STAFF, street))

    answer = change(
        browser, member, reverse(url, args=[member.pk]), join_date=typed, remark="x"
    )

    assert answer.status_code == 302
    assert (member.joined, member.full_since) == (
        expected,
        PartialDate(FULL, "month"),
    )
    assert member.remark == "x"


@pytest.mark.parametrize("typed", ["1977", "7/1/1977", "1977-13", "明天", "2999-01"])
def test_a_date_that_names_no_month_is_refused_on_the_form(street, member, typed):
    browser = signed_in(holder(Role.STREET_STAFF, street))

    answer = change(
        browser, member, reverse("members:change", args=[member.pk]), join_date=typed
    )

    assert "join_date" in answer.context["form"].errors
    assert member.joined == PartialDate(JOINED, "month")


def test_a_day_set_by_an_action_is_known_to_the_day(member):
    change_member(member, by=None, join_date=dt.date(1978, 7, 1))

    assert member.joined == PartialDate(JOINED, "day")


def test_a_field_that_was_not_touched_has_not_changed():
    field = PartialDateField()

    assert not field.has_changed(PartialDate(JOINED, "month"), "1978-07")
    assert not field.has_changed(None, "")
    assert field.has_changed(PartialDate(JOINED, "month"), "1978-07-01")
