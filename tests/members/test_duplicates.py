"""On entry the form names who may be the same person, and lets one go on."""

import datetime as dt

import pytest
from django.urls import reverse

from core.months import today
from core.web.forms import CONFIRMED
from members.enums import StartReason
from members.errors import AlreadyRecorded
from members.models import Member
from tests.factories.members import MemberFactory, identity_number
from tests.messages import refusal_of, says

BACKEND = "accounts.backends.UsernameOrPhone"
NUMBER, OTHER = identity_number(1), identity_number(5_432)
PHONE = "13900001234"


@pytest.fixture
def recorded(branch):
    return MemberFactory(
        organization=branch, name="王五", id_number=NUMBER, phone=PHONE
    )


@pytest.fixture
def on_the_page(client, secretary, branch):
    """Enter a member on the page; return the form if it comes back."""
    client.force_login(secretary, backend=BACKEND)

    def enter(**changes):
        entry = {
            "name": "王五",
            "id_number": OTHER,
            "phone": PHONE,
            "category": "resident",
            "standing": "full",
            "organization": branch.pk,
            "starts_on": today(),
            "join_date": "2005-07-01",
            "full_member_date": "2006-07-01",
            "reason": StartReason.TRANSFERRED_IN,
        }
        answer = client.post(reverse("members:admit"), {**entry, **changes})
        if answer.context is None:
            return None
        form = answer.context["form"]
        form.page = answer.content.decode()
        return form

    return enter


@pytest.fixture
def in_the_admin(client, staff, branch):
    """Enter a member in the admin; return the form if it comes back."""
    client.force_login(staff, backend=BACKEND)

    def enter(**changes):
        entry = {
            "name": "王五",
            "new_id_number": changes.pop("id_number", OTHER),
            "new_phone": changes.pop("phone", PHONE),
            "category": "resident",
            "standing": "full",
            "home": branch.pk,
            "starts_on": today(),
            "join_date": "2005-07-01",
            "full_member_date": "2006-07-01",
            "reason": StartReason.TRANSFERRED_IN,
        }
        url = reverse("admin:members_member_add")
        answer = client.post(url, {**entry, **changes})
        return answer.context["adminform"].form if answer.context else None

    return enter


@pytest.fixture(params=["on_the_page", "in_the_admin"])
def enter(request):
    return request.getfixturevalue(request.param)


def test_a_namesake_with_the_same_birth_date_and_phone_is_named(enter, recorded):
    form = enter()

    assert form.possible_duplicates == [recorded]
    assert recorded.choice_label in form.non_field_errors()[0]
    assert Member.objects.count() == 1


def test_two_people_are_entered_once_that_is_said(enter, recorded):
    enter()

    assert enter(**{CONFIRMED: "on"}) is None
    assert (
        Member.objects.filter(name="王五", phone_index=recorded.phone_index).count()
        == 2
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"phone": "13900009999"},
        {"name": "赵六"},
        {"id_number": identity_number(5_432, born=dt.date(1981, 2, 1))},
    ],
)
def test_people_who_share_less_are_entered_unasked(enter, recorded, changes):
    assert enter(**changes) is None
    assert Member.objects.count() == 2


def test_a_recorded_number_names_its_member_however_often_it_is_confirmed(
    enter, recorded
):
    form = enter(id_number=NUMBER, name="王伍", phone="", **{CONFIRMED: "on"})

    assert form.possible_duplicates == [recorded]
    assert recorded.choice_label in str(form.errors[form.number_field])
    assert Member.objects.count() == 1


def test_of_members_elsewhere_nothing_is_said_but_that_the_number_is_known(on_the_page):
    elsewhere = MemberFactory(name="王五", id_number=NUMBER, phone=PHONE)

    form = on_the_page(id_number=NUMBER)

    assert list(form.possible_duplicates) == []
    assert says(form.non_field_errors()[0], refusal_of(AlreadyRecorded))
    assert on_the_page() is None
    assert elsewhere.organization.name not in str(form.errors)


def test_the_page_links_to_the_record_that_may_be_the_same(on_the_page, recorded):
    form = on_the_page()

    assert f'href="{recorded.get_absolute_url()}"' in form.page
