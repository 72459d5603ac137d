"""Honours of organizations and members on record."""

import datetime as dt

import pytest
from django.urls import reverse

from communities.actions import record_honour, void_honour
from communities.decision_errors import HonouredElsewhere, HonourVoided
from communities.models import Honour
from core.errors import ConstraintViolated
from core.registries.timeline import timeline_of
from organizations.actions import end_organization
from tests.factories.honours import HonourFactory
from tests.factories.members import CheckInFactory
from tests.factories.organizations import BranchFactory

pytestmark = pytest.mark.django_db
FORM = {
    "name": "优秀共产党员",
    "level": "district",
    "issuer": "中共枣阳市委",
    "document": "枣发〔2026〕7号",
    "awarded_on": "2026-07-01",
}


def address(name, *args):
    return reverse(f"communities:{name}", args=args)


def names(answer):
    return [row.record.honoured for row in answer.context["table"].rows]


@pytest.mark.mission("S4-19")
def test_honours_of_an_organization_and_a_member_are_listed_and_on_their_pages(
    enter, secretary, east, branch, li
):
    browser = enter(secretary)
    browser.post(address("honour_member", li.pk), FORM)
    form = {**FORM, "name": "先进基层党组织", "level": "city"}
    browser.post(address("honour_organization", branch.pk), form)

    honour = Honour.objects.get(member=li)
    page = browser.get(honour.get_absolute_url()).content.decode()
    place = browser.get(branch.get_absolute_url()).content.decode()
    events = [str(event.label) for event in timeline_of(li, secretary)]
    assert names(browser.get(address("honours"))) == [branch.name, "李明"]
    assert names(browser.get(address("honours"), {"who": "members"})) == ["李明"]
    assert names(browser.get(address("honours"), {"level": "city"})) == [branch.name]
    assert names(browser.get(address("honours"), {"member": "李"})) == ["李明"]
    assert "枣发〔2026〕7号" in page
    assert "先进基层党组织" in place
    assert "受表彰：优秀共产党员（中共枣阳市委）" in events


@pytest.mark.mission("S4-19")
def test_an_honour_is_on_record_once_and_voided_as_a_mistake(branch, li):
    honour = HonourFactory(honoured=li)
    with pytest.raises(ConstraintViolated, match="已登记"):
        HonourFactory(honoured=li)
    void_honour(honour, by=None, reason="误录")
    with pytest.raises(HonourVoided):
        void_honour(honour, by=None, reason="误录")

    HonourFactory(honoured=li)
    HonourFactory(honoured=branch)
    with pytest.raises(ConstraintViolated, match="已登记"):
        HonourFactory(honoured=branch)


def test_a_member_is_honoured_where_they_belonged_that_day(li):
    values = {"name": "甲", "level": "city", "issuer": "市委", "by": None}
    with pytest.raises(HonouredElsewhere):
        record_honour(li, awarded_on=dt.date(1980, 1, 1), **values)

    assert HonourFactory(honoured=li).organization == li.organization


def test_a_secretary_of_elsewhere_honours_nobody_here(enter, stranger, branch, li):
    browser = enter(stranger)
    browser.post(address("honour_member", li.pk), FORM)
    browser.post(address("honour_organization", branch.pk), FORM)

    assert not Honour.objects.exists()


def test_an_organization_is_honoured_within_its_life_also_when_it_has_ended(
    enter, secretary, east
):
    place = BranchFactory(name="旧支部", parent=east, starts_on=dt.date(2024, 5, 1))
    end_organization(place, by=None, reason="撤销", on=dt.date(2026, 3, 1))
    browser = enter(secretary)
    url = address("honour_organization", place.pk)

    early = browser.post(url, {**FORM, "awarded_on": "2024-04-30"})
    late = browser.post(url, {**FORM, "awarded_on": "2026-03-01"})
    browser.post(url, {**FORM, "awarded_on": "2026-02-28"})

    assert "才成立" in early.content.decode()
    assert "2026年3月1日" in late.content.decode()
    assert Honour.objects.get().awarded_on == dt.date(2026, 2, 28)


@pytest.mark.mission("S0-25")
def test_who_is_checked_in_is_honoured_by_the_community(enter, secretary, east):
    guest = CheckInFactory(community=east).member
    browser = enter(secretary)
    page = browser.get(guest.get_absolute_url()).content.decode()

    browser.post(address("honour_member", guest.pk), FORM)

    assert address("honour_member", guest.pk) in page
    assert Honour.objects.get().organization == east
