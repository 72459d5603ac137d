"""What a sheet is flagged for, the form asks about; the impossible is refused."""

import datetime as dt

import pytest
from django.urls import reverse

from core.months import today
from core.partial_dates import partial_date
from core.web.idempotency import KEY
from members.actions import admit_member, affiliate_member, check_in
from members.enums import Category, Standing, StartReason
from members.errors import BeforeBirth, BeforeJoining
from members.forms import QUESTION
from members.models import Member
from members.unusual_dates import UNUSUAL_DATES, MemberDates, find_unusual_dates
from tests.factories.exchange import HEADER, person, workbook
from tests.factories.members import MemberFactory, identity_number
from tests.members.test_roster import only_plan, plan

__all__ = ["plan"]
BACKEND = "accounts.backends.UsernameOrPhone"
DAY = dt.timedelta(days=1)
LATELY = f"{today() - 100 * DAY}"
BORN = dt.date(1980, 1, 1)
# Joined, full member since, standing, all born in 1980.
ENTRIES = [
    ("2005-07-01", "2006-07-01", "full"),
    ("1997-12-31", "2006-07-01", "full"),
    ("1997-12", "2006-07-01", "full"),
    ("1998-01", "2006-07-01", "full"),
    ("2005-07-01", "2005-07-01", "full"),
    ("2005-07-01", "2006-06-30", "full"),
    ("2005-07", "2006-06-30", "full"),
    ("1996-07-01", "1996-07-01", "full"),
    ("1996-07-01", "1997-06-30", "full"),
    (LATELY, "", "full"),
    (LATELY, "", "probationary"),
    ("2020-07-01", "", "probationary"),
]


@pytest.fixture
def entry(branch):
    """What a secretary types of a member of many years who was transferred here."""
    return {
        "name": "王五",
        "id_number": identity_number(1),
        "category": "resident",
        "standing": "full",
        "organization": branch.pk,
        "starts_on": today(),
        "join_date": "2005-07-01",
        "full_member_date": "2006-07-01",
        "reason": StartReason.TRANSFERRED_IN,
    }


def admit(browser, entry, **changes):
    return browser.post(reverse("members:admit"), {**entry, **changes})


def questions_of(answer):
    """Return what the form asks; nothing if the member was entered."""
    form = answer.context["form"] if answer.context else None
    return list(form.non_field_errors()) if form else []


@pytest.mark.parametrize(("joined", "full", "standing"), ENTRIES)
def test_the_form_asks_about_what_the_sheet_is_flagged_for(
    browser, plan, entry, joined, full, standing
):
    kind = {"full": "正式党员", "probationary": "预备党员"}[standing]
    row = person(1, 入党时间=joined, 转正时间=full or None, 人员类别=kind)
    flags = only_plan(plan(workbook([row], header=(*HEADER, "人员类别")))).flags
    typed = {"join_date": joined, "full_member_date": full, "standing": standing}

    asked = questions_of(admit(browser, entry, **typed))

    words = [doubt.words for doubt in UNUSUAL_DATES if doubt.key in flags]
    assert asked == [QUESTION % {"doubt": one} for one in words]
    assert Member.objects.exists() == (not asked)


def test_every_doubt_of_a_sheet_is_tried():
    def read(text):
        precision = "day" if len(text) == 10 else "month"
        day = dt.date.fromisoformat(f"{text}-01"[:10]) if text else None
        return partial_date(day, precision)

    tried = {
        doubt.key
        for joined, full, standing in ENTRIES
        for doubt in find_unusual_dates(
            MemberDates(BORN, read(joined), read(full), standing)
        )
    }

    only_corrections = {"here_before_joining"}
    assert tried == {doubt.key for doubt in UNUSUAL_DATES} - only_corrections


def test_what_is_right_nevertheless_is_saved_after_one_question(browser, entry):
    typed = {**entry, "join_date": "1997-12-31"}

    asked = admit(browser, typed).context["form"]
    admit(browser, typed, confirmed="on")

    assert not asked["confirmed"].is_hidden
    assert Member.objects.get().join_date == dt.date(1997, 12, 31)


def test_a_correction_is_asked_about_only_where_it_changes_the_dates(browser, branch):
    member = MemberFactory(organization=branch, join_date=dt.date(1997, 12, 31))
    url = reverse("members:change", args=[member.pk])
    shown = browser.get(url).context["form"]
    typed = {name: shown[name].value() or "" for name in shown.fields}

    browser.post(url, {**typed, "remark": "核对过"})
    member.refresh_from_db()
    shown = browser.get(url).context["form"]
    typed |= {name: shown[name].value() for name in ("version_token", KEY)}
    asked = questions_of(browser.post(url, {**typed, "join_date": "2021-07-01"}))

    assert member.remark == "核对过"
    words = next(d.words for d in UNUSUAL_DATES if d.key == "here_before_joining")
    assert asked == [QUESTION % {"doubt": words}]


@pytest.mark.parametrize(
    ("since", "joined", "error"),
    [
        ("1979-12-31", "", BeforeBirth),
        ("2005-06-30", "2005-07-01", BeforeJoining),
        ("2005-06-30", "2005-07", BeforeJoining),
    ],
)
def test_nobody_belongs_anywhere_before_joining_or_birth(
    browser, entry, since, joined, error
):
    typed = {"join_date": joined, "full_member_date": "", "starts_on": since}

    answer = admit(browser, entry, **typed, confirmed="on")

    refused = questions_of(answer)[0]
    assert error.message.split("%")[0] in refused or "王五" in refused
    assert not Member.objects.exists()


def test_a_month_of_joining_allows_its_first_day(browser, entry):
    admit(browser, entry, join_date="2005-07", starts_on="2005-07-01")

    assert Member.objects.get().affiliations.get().starts_on == dt.date(2005, 7, 1)


def test_every_action_refuses_a_day_before_joining(branch, east):
    guest = MemberFactory(in_service=True)
    day = guest.join_date - DAY

    with pytest.raises(BeforeJoining):
        check_in(guest, east, by=None, on=day)
    with pytest.raises(BeforeJoining):
        affiliate_member(guest, branch, reason=StartReason.RECORDED, by=None, on=day)
    with pytest.raises(BeforeJoining):
        admit_member(
            by=None,
            name="王五",
            sex="1",
            birth_date=dt.date(1980, 1, 1),
            id_number=identity_number(1),
            join_date=guest.join_date,
            organization=branch,
            starts_on=day,
        )


@pytest.mark.parametrize("url", ["members:admit", "admin:members_member_add"])
def test_the_kind_and_category_of_a_new_member_are_not_chosen_beforehand(
    client, staff, branch, url
):
    client.force_login(staff, backend=BACKEND)

    context = client.get(reverse(url)).context
    form = context["adminform"].form if "adminform" in context else context["form"]

    assert {form[name].value() for name in ("standing", "category")} == {None}


def test_without_kind_and_category_nobody_is_entered(browser, entry):
    answer = admit(browser, entry, standing="", category="")

    assert set(answer.context["form"].errors) == {"standing", "category"}


@pytest.mark.parametrize(
    ("standing", "full", "saved"),
    [
        ("", "", Standing.PROBATIONARY),
        ("probationary", "", Standing.PROBATIONARY),
        ("full", "", None),
    ],
)
def test_a_newly_admitted_member_is_probationary_for_a_year(
    browser, entry, standing, full, saved
):
    typed = {"join_date": LATELY, "starts_on": LATELY, "approved_on": LATELY}
    typed |= {"reason": StartReason.DEVELOPED, "full_member_date": full}

    answer = admit(browser, entry, **typed, standing=standing, confirmed="on")

    if saved is None:
        assert set(answer.context["form"].errors) == {"standing"}
    found = Member.objects.values_list("standing", "category")
    assert list(found) == ([(saved, Category.RESIDENT)] if saved else [])
