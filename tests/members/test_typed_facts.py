"""Whatever is typed on a form is read on a page afterwards by who may see it."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from core.web.idempotency import KEY
from members.enums import MobileKind, StartReason
from members.models import Member
from tests.factories.members import MemberFactory, identity_number
from tests.factories.organizations import UnitFactory
from tests.html import hidden

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "王五",
    "id_number": identity_number(1),
    "phone": "13812345678",
    "starts_on": "2026-03-02",
    "approved_on": "2026-06-03",
    "join_date": "2026-02-28",
    "full_member_date": "",
    "landline": "027-87654321",
    "address": "珞喻路一百零一号",
    "basis": "入党志愿书（档案第3号）",
    "remark": "退役军人，熟悉电工",
}
CHOSEN = {"category": "resident", "standing": "probationary"}
MASKED = {"id_number": "******************", "phone": "138****5678"}
NOT_OF_RESIDENTS = {"community"}
NO_FACT = {KEY, "confirmed", "asked"}


def text_of(answer):
    body = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", body)


def label_of(field, value):
    """What a choice is called on the form."""
    return {str(key): str(label) for key, label in field.choices}[str(value)]


def as_shown(typed):
    """A day as pages write it; any other text as it is."""
    try:
        return date_format(dt.date.fromisoformat(typed))
    except ValueError:
        return typed


def first_choice(field):
    return next(str(key) for key, _label in field.choices if key)


def test_every_field_of_a_new_member_is_on_their_page(browser, branch, east):
    employer = UnitFactory(host=east, name="东湖中学")
    page = browser.get(reverse("members:admit"))
    fields = page.context["form"].fields
    data = {**TYPED, **CHOSEN, "organization": branch.pk, "employer": employer.pk}
    data |= {name: first_choice(fields[name]) for name in ("ethnicity", "education")}
    data["reason"] = StartReason.DEVELOPED
    names = {name for name, field in fields.items() if not field.widget.is_hidden}
    assert names - NO_FACT - NOT_OF_RESIDENTS == {*data}, "a new field: show it"

    answer = browser.post(
        reverse("members:admit"), {**data, KEY: hidden(page, KEY)}, follow=True
    )

    text = text_of(browser.get(Member.objects.get().get_absolute_url()))
    assert answer.status_code == 200
    for name, value in data.items():
        if hasattr(fields[name], "choices"):
            shown = label_of(fields[name], value)
        else:
            shown = MASKED.get(name) or as_shown(value)
        assert shown in text, name


def test_the_approval_stands_among_the_facts_and_in_the_time_line(browser, branch):
    member = MemberFactory(
        organization=branch,
        starts_on=dt.date(2026, 3, 2),
        reason=StartReason.DEVELOPED,
        approved_on=dt.date(2026, 6, 3),
    )

    page = browser.get(member.get_absolute_url())

    assert "上级批准日期 2026年6月3日" in text_of(page)
    assert dt.date(2026, 6, 3) in [event.day for event in page.context["events"]]


@pytest.mark.parametrize("kind", MobileKind)
def test_an_absence_is_on_the_page_of_the_member(browser, branch, kind):
    member = MemberFactory(organization=branch)
    url = reverse("members:away", args=[member.pk])
    page = browser.get(url)
    fields = page.context["form"].fields
    names = [name for name, f in fields.items() if not f.widget.is_hidden]
    typed = {"kind": kind, "on": "2026-06-05", "destination": "广东省东莞市"}

    data = {name: typed[name] for name in names if name not in NO_FACT}
    browser.post(url, {**data, KEY: hidden(page, KEY)})

    text = text_of(browser.get(member.get_absolute_url()))
    assert str(MobileKind(kind).label) in text
    for name, value in data.items():
        if name != "kind":
            assert as_shown(value) in text, name
