"""Whatever is typed on a form of an office is read on a page afterwards.

Each form is filled in field by field, sent as its page sends it, and every value has
to stand on the page of what came of it (for members see `members/test_typed_facts.py`).
A field that is added to one of these forms is tried here without being named.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django import forms
from django.urls import reverse
from django.utils.formats import date_format

from core.months import today
from core.web.edit_conflicts import VERSION_TOKEN
from core.web.idempotency import KEY
from finance.models import FundUse
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.cobuilding import AgreementFactory
from tests.factories.communities import ProjectFactory
from tests.factories.finance import FundFactory, filled
from tests.factories.members import CheckInFactory, MemberFactory, TransferFactory
from tests.factories.organizations import StreetFactory, UnitFactory
from tests.factories.volunteering import ClaimFactory, PostFactory
from tests.html import read
from tests.test_access_matrix import signed_in

pytestmark = pytest.mark.django_db
HIDDEN = {KEY, VERSION_TOKEN, "confirmed"}
FIRST, LAST = dt.date(2026, 5, 4), dt.date(2026, 9, 30)


@dataclass(frozen=True)
class Typed:
    """A form: its address, who fills it in, and what cannot be typed by its kind alone.

    `values` are typed instead of what a field's kind suggests; None leaves it empty.
    `shown` is how a page writes a value. `at` are pages to read besides the next one.
    """

    address: str
    person: Any
    values: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, list[str]] = field(default_factory=dict)
    at: Callable[[], list[tuple[Any, str]]] = list


@dataclass(frozen=True)
class Office:
    """A community, its branch and its unit, and who works there."""

    east: Any
    branch: Any
    street: Any
    unit: Any
    secretary: Any
    staff: Any


@pytest.fixture
def office(east, branch, street, secretary, staff):
    unit = UnitFactory(host=east, name="东湖中学")
    ProjectFactory(organization=east, unit=unit, name="小区微改造")
    for name in ("王芳", "李明"):
        MemberFactory(organization=branch, name=name)
    return Office(east, branch, street, unit, secretary, staff)


def meeting(office):
    kind = ("members_meeting", 2026, 6, 5)
    address = reverse("communities:record_for", args=[office.branch.pk, *kind])
    return Typed(address, office.secretary)


def project(office):
    days = {"starts_on": FIRST, "last_day": LAST}
    return Typed(reverse("communities:start_project"), office.secretary, days)


def post(office):
    typed = {"day": today() + dt.timedelta(days=9), "contact_phone": "02787651"}
    return Typed(
        reverse("volunteering:offer"),
        office.secretary,
        {**typed, **HOURS},
        {"draft": ["草稿"]},
    )


HOURS = {"begins": "08:30", "ends": "10:45"}


def shift(office):
    one = PostFactory(organization=office.east)
    day = {"day": today() + dt.timedelta(days=9)}
    address = reverse("volunteering:add_shift", args=[one.pk])
    return Typed(address, office.secretary, {**day, **HOURS})


def service(office):
    claim = ClaimFactory(past=True, shift__post__organization=office.east)
    reviewer = holder(Role.DEPUTY, office.east)
    return Typed(
        reverse("volunteering:record", args=[claim.pk]),
        office.secretary,
        {"hours": "1.5"},
        at=lambda: [(reviewer, reverse("volunteering:service"))],
    )


def income(office):
    fund = FundFactory(organization=office.east)
    address = reverse("finance:enter_income", args=[fund.pk])
    return Typed(address, holder(Role.ACCOUNTANT, office.east), {"happened_on": FIRST})


def expenditure(office):
    fund = filled(FundFactory(organization=office.east), 90_000)
    uses = FundUse.objects.filter(fund_kind=fund.kind, is_allowed=True)
    typed = {"happened_on": dt.date(2026, 6, 15), "use": uses.first().pk}
    address = reverse("finance:enter_expenditure", args=[fund.pk])
    return Typed(address, holder(Role.ACCOUNTANT, office.east), typed)


def unit(office):
    typed = {"credit_code": "91350100M000100Y43"}
    return Typed(reverse("organizations:enter_unit"), office.secretary, typed)


def agreement(office):
    days = {"starts_on": FIRST, "last_day": LAST}
    return Typed(reverse("cobuilding:draft_agreement"), office.secretary, days)


def target(office):
    one = AgreementFactory(organization=office.east, unit=office.unit)
    typed = {"due_on": LAST, "indicator": "meetings_theme_days", "baseline": "0"}
    address = reverse("cobuilding:add_target", args=[one.pk])
    return Typed(address, office.secretary, typed)


def proposal(office):
    one = MemberFactory(organization=office.branch)
    StreetFactory(parent=office.street.parent)
    typed = {"to": None, "dues_month": "2026-05"}
    address = reverse("members:propose_transfer", args=[one.pk])
    return Typed(address, office.secretary, typed, {"dues_month": ["2026年5月"]})


def letter(office):
    one = TransferFactory(member=MemberFactory(organization=office.branch))
    on = today() - dt.timedelta(days=1)
    until = on + dt.timedelta(days=30)
    return Typed(
        reverse("members:issue_letter", args=[one.pk]),
        office.staff,
        {"on": on, "valid_days": "30"},
        {"valid_days": [date_format(until)]},
    )


def foreign_letter(office):
    on = today() - dt.timedelta(days=3)
    until = on + dt.timedelta(days=30)
    return Typed(
        reverse("members:record_letter"),
        office.staff,
        {
            "person_name": "丁未",
            "others": "",
            "issued_on": on,
            "valid_days": "30",
            "dues_month": "2026-05",
        },
        {"valid_days": [date_format(until)], "dues_month": ["2026年5月"]},
    )


def check_out(office):
    member = CheckInFactory(community=office.east).member
    return Typed(
        reverse("members:check_out", args=[member.pk]),
        office.secretary,
        {"on": today() - dt.timedelta(days=1)},
        at=lambda: [(office.secretary, member.get_absolute_url())],
    )


FORMS = (
    *(meeting, project, post, shift, service, income, expenditure, unit),
    *(agreement, target, proposal, letter, foreign_letter, check_out),
)


def keys_of(form_field):
    """What may be chosen in a field."""
    return [str(key) for key, _label in form_field.choices if str(key)]


BY_KIND = (
    (forms.MultipleChoiceField, lambda _number, one: keys_of(one)[:1]),
    (forms.ChoiceField, lambda _number, one: keys_of(one)[-1]),
    (forms.BooleanField, lambda _number, _one: "on"),
    (forms.TimeField, lambda _number, _one: "14:20"),
    (forms.DateField, lambda number, _one: FIRST + dt.timedelta(days=number)),
    (forms.IntegerField, lambda number, _one: str(40 + number)),
    (forms.CharField, lambda number, _one: f"所填{number:02d}之事"),
    (forms.Field, lambda number, _one: str(3000 + number)),  # an amount
)


def typed_into(number, form_field):
    """What is typed into a field of its kind; of choices the last is taken."""
    return next(
        make(number, form_field)
        for kind, make in BY_KIND
        if isinstance(form_field, kind)
    )


def as_shown(form_field, value):
    """How a page writes what was typed."""
    if isinstance(form_field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in form_field.choices}
        keys = value if isinstance(value, list) else [str(value)]
        return [labels[key].split(" · ")[0] for key in keys]
    if isinstance(form_field, forms.BooleanField):
        return [str(form_field.label)]
    if isinstance(value, dt.date):
        return [date_format(value)]
    is_number = not isinstance(form_field, forms.CharField) and value.isdecimal()
    return [f"{int(value):,}" if is_number else str(value)]


def text_of(answer):
    """What a page says outside its forms, on one line."""
    content = re.sub(r"<form.*?</form>", " ", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content))


def values_for(typed, fields):
    """What is typed into each field that a person sees."""
    seen = [n for n, f in fields.items() if n not in HIDDEN and not f.widget.is_hidden]
    return {
        name: typed.values.get(name, typed_into(number, fields[name]))
        for number, name in enumerate(seen)
        if typed.values.get(name, "") is not None
    }


@pytest.mark.parametrize("build", FORMS, ids=lambda build: build.__name__)
def test_whatever_is_typed_is_read_on_a_page(build, office):
    typed = build(office)
    client = signed_in(typed.person)
    page = client.get(typed.address)
    fields = page.context["form"].fields
    values = values_for(typed, fields)

    sent = {k: f"{v}" if isinstance(v, dt.date) else v for k, v in values.items()}
    (form,) = [f for f in read(page).posting() if {*values} <= {*f.fields, *f.choices}]
    answer = client.post(typed.address, {**form.fields, **sent}, follow=True)
    if not answer.redirect_chain:  # asked once, whether it is meant so
        again = {**form.fields, **sent, "confirmed": "on"}
        answer = client.post(typed.address, again, follow=True)

    assert answer.redirect_chain, answer.context["form"].errors
    pages = [answer, *(signed_in(one).get(url) for one, url in typed.at())]
    text = " ".join(text_of(one) for one in pages)
    written = {n: as_shown(fields[n], v) for n, v in values.items()} | typed.shown
    missing = {n: w for n, w in written.items() if not all(one in text for one in w)}
    assert missing == {}
