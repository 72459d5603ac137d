"""Two windows over the attendance of one shift: no entry is written over unseen."""

import datetime as dt

import pytest
from django.urls import reverse

from organizations.roles import Role
from tests.client import Browser
from tests.factories.accounts import holder
from tests.factories.volunteering import ClaimFactory, ShiftFactory, at
from tests.messages import refusal_of, says
from volunteering.actions import Attended, record_attendance
from volunteering.enums import ClaimState
from volunteering.errors import AttendanceChanged
from volunteering.models import Claim, ServiceRecord

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 10)


@pytest.fixture
def shift(east):
    return ShiftFactory(post__organization=east, day=DAY, capacity=3)


@pytest.fixture
def claims(shift):
    return [ClaimFactory(shift=shift, at=at(dt.date(2026, 3, 2))) for _ in range(3)]


def window(user, shift):
    """Open the list as somebody; return how it is sent, and what it would send."""
    browser = Browser()
    browser.force_login(user, backend="accounts.backends.UsernameOrPhone")
    address = reverse("volunteering:attendance", args=[shift.pk])
    form = browser.get(address).context["form"]
    shown = {bound.html_name: bound.value() or "" for bound in form}
    return lambda sent: browser.post(address, sent), shown


def recorded():
    """Return what is recorded of each claim."""
    hours = dict(ServiceRecord.objects.values_list("claim", "hours"))
    return {
        claim.pk: (claim.state, hours.get(claim.pk)) for claim in Claim.objects.all()
    }


FIRST_ENTRIES = {
    "absent": {"missed": "on"},
    "other hours": {"hours": "1.5"},
}


@pytest.mark.parametrize("entry", FIRST_ENTRIES.values(), ids=FIRST_ENTRIES)
@pytest.mark.parametrize("same_person", [True, False])
def test_a_stale_list_writes_over_nothing(
    east, secretary, shift, claims, entry, same_person
):
    other = secretary if same_person else holder(Role.CLERK, east)
    save_first, first = window(secretary, shift)
    save_second, second = window(other, shift)
    one, *rest = (claim.pk for claim in claims)
    left_open = {f"hours_{pk}": "" for pk in rest}
    save_first({**first, **left_open, **{f"{k}_{one}": v for k, v in entry.items()}})
    before = recorded()

    answer = save_second({**second, f"missed_{rest[0]}": "on"})

    assert says(answer.content.decode(), refusal_of(AttendanceChanged))
    assert claims[0].member.name in answer.content.decode()
    assert recorded() == before


def test_the_refused_list_shows_what_is_recorded_and_can_be_saved(
    secretary, shift, claims
):
    save_first, first = window(secretary, shift)
    save_second, second = window(secretary, shift)
    one, two, three = (claim.pk for claim in claims)
    save_first(
        {**first, f"missed_{one}": "on", f"hours_{two}": "", f"hours_{three}": ""}
    )

    refused = save_second({**second, f"hours_{two}": "1.5", f"missed_{three}": "on"})
    form = refused.context["form"]
    save_second({bound.html_name: bound.value() or "" for bound in form})

    assert {pk: state for pk, (state, _hours) in recorded().items()} == {
        one: ClaimState.MISSED,
        two: ClaimState.ACTIVE,
        three: ClaimState.MISSED,
    }
    assert f"{ServiceRecord.objects.get().hours}" == "1.5"


def test_a_list_that_names_claims_of_another_shift_tells_nothing_of_them(
    secretary, shift, claims
):
    foreign = ClaimFactory(past=True)
    save, shown = window(secretary, shift)

    answer = save({**shown, f"seen_{foreign.pk}": "gone", f"hours_{foreign.pk}": "2"})

    assert answer.status_code == 302
    assert not ServiceRecord.objects.filter(claim=foreign).exists()


def test_the_action_refuses_what_changed_after_the_form_was_checked(
    secretary, shift, claims
):
    rows = [Attended(claim, None, seen="missed") for claim in claims]

    with pytest.raises(AttendanceChanged):
        record_attendance(rows, by=secretary)

    assert {state for state, _hours in recorded().values()} == {ClaimState.ACTIVE}


def page_of(user, claim):
    """Open the page of one claim; return how it is sent, and what it would send."""
    browser = Browser()
    browser.force_login(user, backend="accounts.backends.UsernameOrPhone")
    address = reverse("volunteering:record", args=[claim.pk])
    form = browser.get(address).context["form"]
    shown = {bound.html_name: bound.value() or "" for bound in form}
    return lambda sent: browser.post(address, {**shown, **sent})


@pytest.mark.parametrize("same_person", [True, False])
@pytest.mark.parametrize(
    "entry", [{"missed": "on"}, {"hours": "1.5"}], ids=["absent", "other hours"]
)
def test_the_page_of_one_claim_writes_over_nothing(
    east, secretary, shift, claims, entry, same_person
):
    other = secretary if same_person else holder(Role.CLERK, east)
    save_list, listed = window(other, shift)
    one, *rest = (claim.pk for claim in claims)
    save_one = page_of(secretary, claims[0])
    left_open = {f"hours_{pk}": "" for pk in rest}
    save_list({**listed, **left_open, **{f"{k}_{one}": v for k, v in entry.items()}})
    before = recorded()

    refused = save_one({"hours": "1"})
    form = refused.context["form"]

    assert says(refused.content.decode(), refusal_of(AttendanceChanged))
    assert recorded() == before
    hours = f"{form['hours'].value()}"
    assert hours == ("1.5" if "hours" in entry else f"{shift.hours}")


def test_what_was_done_is_compared_too(east, secretary, shift, claims):
    page_of(secretary, claims[0])({"hours": "1", "remark": "清扫"})
    first, second = (page_of(secretary, claims[0]) for _ in range(2))
    first({"remark": "清扫楼道"})

    refused = second({"remark": "巡逻"})

    assert says(refused.content.decode(), refusal_of(AttendanceChanged))
    assert ServiceRecord.objects.get().remark == "清扫楼道"
