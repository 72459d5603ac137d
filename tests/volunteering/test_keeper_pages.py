"""Keepers offer posts, confirm hours and hand them back in the browser."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from accounts.models import AuditEntry
from core.db.constraints import FIRST_DAY
from core.months import today
from core.web.edit_conflicts import version_token
from tests.factories.communities import ProjectFactory
from tests.factories.volunteering import (
    ClaimFactory,
    PostFactory,
    ServiceRecordFactory,
    ShiftFactory,
    at,
)
from tests.messages import rule_message, translated
from volunteering.actions import change_post
from volunteering.enums import ClaimState, PostState, RecordState
from volunteering.errors import NeedsAnotherPerson
from volunteering.models import Claim, Post, ServiceRecord, Shift

pytestmark = pytest.mark.django_db
SERVICE, CONFIRM = reverse("volunteering:service"), reverse("volunteering:confirm")
DAY = today() + dt.timedelta(days=7)


def list_messages(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def offer(east, **changed):
    return {
        "organization": east.pk,
        "title": "义务理发",
        "category": "other",
        "description": "为高龄老人理发。",
        "day": f"{DAY:%Y-%m-%d}",
        "begins": "09:00",
        "ends": "11:30",
        "meeting_point": "党群服务中心",
        "capacity": "3",
        "contact_name": "王芳",
        "contact_phone": "13800000000",
    } | changed


def record_of(east, **kwargs):
    """Hours at the community that somebody else recorded."""
    return ServiceRecordFactory(
        claim__past=True, claim__shift__post__organization=east, **kwargs
    )


def test_a_secretary_offers_a_post_with_its_first_shift(browser, east):
    response = browser.post(reverse("volunteering:offer"), offer(east))

    post, shift = Post.objects.get(), Shift.objects.get()
    assert response.url == post.get_absolute_url()
    assert (post.organization, post.state) == (east, PostState.OPEN)
    assert (shift.starts_at, shift.capacity) == (at(DAY), 3)


def test_a_refused_shift_leaves_no_post_behind(browser, east):
    response = browser.post(
        reverse("volunteering:offer"),
        offer(east, day=f"{FIRST_DAY}", begins="00:30", confirmed="on"),
    )

    errors = response.context["form"].non_field_errors()
    assert errors == [rule_message("shift_plausible_dates")]
    assert Post.objects.count() == 0


@pytest.mark.parametrize("day", ["1800-01-01", "2999-01-01", "400 days ahead"])
def test_people_are_needed_within_a_year(browser, east, day):
    if day == "400 days ahead":
        day = f"{today() + dt.timedelta(days=400)}"

    page = browser.post(reverse("volunteering:offer"), offer(east, day=day))

    assert "day" in page.context["form"].errors
    assert not Post.objects.exists()


def test_a_post_cannot_be_offered_in_the_neighbours_name(browser, west):
    response = browser.post(reverse("volunteering:offer"), offer(west))

    assert list(response.context["form"].errors) == ["organization"]


def test_a_draft_is_published_later(browser, east):
    browser.post(reverse("volunteering:offer"), offer(east, draft="on"))
    post = Post.objects.get()

    browser.post(reverse("volunteering:publish", args=[post.pk]))

    assert post.state == PostState.DRAFT
    assert Post.objects.get().state == PostState.OPEN


CONTACT = {"contact_name": "王芳", "contact_phone": "13800000000"}


def changed(post, **values):
    kept = {n: getattr(post, n) for n in ("title", "category", "description")}
    return {**kept, **CONTACT, "version_token": version_token(post), **values}


def test_a_secretary_corrects_a_post_and_leaves_one_audit_entry(browser, east):
    post = PostFactory(organization=east)
    before = AuditEntry.objects.count()

    address = reverse("volunteering:change", args=[post.pk])
    browser.post(address, changed(post, title="新名"))

    assert Post.objects.get().title == "新名"
    assert AuditEntry.objects.count() - before == 1


def test_a_post_of_a_project_with_many_posts_is_corrected(browser, east):
    project = ProjectFactory(organization=east)
    post, _sister = PostFactory.create_batch(2, organization=east, project=project)

    address = reverse("volunteering:change", args=[post.pk])
    browser.post(address, changed(post, title="新名", project=project.pk))

    assert Post.objects.get(pk=post.pk).title == "新名"


def test_saving_an_unchanged_post_changes_nothing(browser, east):
    post = PostFactory(organization=east, **CONTACT)
    before = AuditEntry.objects.count()

    browser.post(reverse("volunteering:change", args=[post.pk]), changed(post))

    assert AuditEntry.objects.count() == before


def test_a_post_that_somebody_else_changed_meanwhile_is_a_conflict(browser, east):
    post = PostFactory(organization=east)
    sent = changed(post, title="我的")
    change_post(post, by=None, title="别人的")

    response = browser.post(reverse("volunteering:change", args=[post.pk]), sent)

    assert response.status_code == 409
    assert Post.objects.get().title == "别人的"


def shift_sent(shift, **values):
    kept = {"day": f"{DAY:%Y-%m-%d}", "begins": "09:00", "ends": "11:00"}
    kept |= {"meeting_point": shift.meeting_point, "capacity": shift.capacity}
    shift.refresh_from_db()
    return {**kept, "version_token": version_token(shift), **values}


def test_a_secretary_adds_a_shift(browser, east):
    first = ShiftFactory(post__organization=east)
    address = reverse("volunteering:add_shift", args=[first.post_id])

    form = browser.get(address).context["form"]
    browser.post(address, shift_sent(first, begins="14:00", ends="16:00"))

    assert form.initial["meeting_point"] == first.meeting_point
    assert list(first.post.shifts.values_list("starts_at", flat=True)) == [
        first.starts_at,
        at(DAY, 14),
    ]


def test_a_claim_made_meanwhile_is_no_conflict_for_the_place_of_a_shift(browser, east):
    shift = ShiftFactory(post__organization=east)
    sent = shift_sent(shift, meeting_point="北门")
    ClaimFactory(shift=shift)

    browser.post(reverse("volunteering:change_shift", args=[shift.pk]), sent)

    assert Shift.objects.get().meeting_point == "北门"


def test_an_unchanged_shift_leaves_no_audit_entry(browser, east):
    shift = ShiftFactory(post__organization=east)
    address = reverse("volunteering:change_shift", args=[shift.pk])
    before = AuditEntry.objects.count()

    browser.post(address, shift_sent(shift))

    assert AuditEntry.objects.count() == before


def test_a_post_is_closed_with_a_reason(browser, east):
    post = PostFactory(organization=east)
    address = reverse("volunteering:close", args=[post.pk])

    unrecorded_count = browser.post(address, {"reason": ""})
    browser.post(address, {"reason": "需求已满足"})

    assert list(unrecorded_count.context["form"].errors) == ["reason"]
    assert Post.objects.get().state == PostState.CLOSED


def test_several_hours_are_confirmed_at_once(browser, east):
    records = [record_of(east), record_of(east)]

    response = browser.post(CONFIRM, {"record": [row.pk for row in records]})

    assert list_messages(response) == ["已确认 2 条服务记录。"]
    assert ServiceRecord.objects.confirmed().count() == 2


def test_hours_of_ones_own_hand_are_refused_and_the_others_confirmed(
    browser, east, secretary
):
    own, other = record_of(east, by=secretary), record_of(east)

    response = browser.post(CONFIRM, {"record": [own.pk, other.pk]})

    assert list_messages(response) == [
        str(NeedsAnotherPerson(name=own.member.name)),
        "已确认 1 条服务记录。",
    ]
    assert list(ServiceRecord.objects.confirmed()) == [other]


def test_hours_confirmed_in_another_window_are_not_counted_again(browser, east):
    first, second = record_of(east), record_of(east)
    browser.post(CONFIRM, {"record": [first.pk]})

    both = browser.post(CONFIRM, {"record": [first.pk, second.pk]})
    again = browser.post(CONFIRM, {"record": [first.pk, second.pk]})

    assert list_messages(both)[-2:] == [
        "已确认 1 条服务记录。",
        "有 1 条服务记录此前已经确认，时长只计一次。",
    ]
    assert list_messages(again)[-1:] == ["有 2 条服务记录此前已经确认，时长只计一次。"]
    assert "已确认 2 条服务记录。" not in list_messages(again)


def test_confirming_nothing_says_so(browser):
    response = browser.post(CONFIRM, {})

    assert list_messages(response) == [
        translated("Nothing was ticked, so nothing changed.")
    ]


@pytest.mark.parametrize("key", ["²", "9" * 5000, "-1", "x"])
def test_keys_that_no_row_can_have_are_not_there(browser, east, key):
    own = record_of(east)

    response = browser.post(CONFIRM, {"record": [own.pk, key]})

    assert response.status_code == 404
    assert ServiceRecord.objects.confirmed().count() == 0


def test_hours_of_the_neighbours_are_not_there(browser, east, west):
    own, other = record_of(east), record_of(west)

    response = browser.post(CONFIRM, {"record": [own.pk, other.pk]})

    assert response.status_code == 404
    assert ServiceRecord.objects.confirmed().count() == 0


def test_the_boxes_are_shown_only_beside_hours_one_may_confirm(
    browser, east, secretary
):
    own, other = record_of(east, by=secretary), record_of(east)

    page = browser.get(SERVICE).content.decode()

    assert own.member.name in page
    assert re.findall(r'name="record"\s+value="(\d+)"', page) == [str(other.pk)]


def test_hours_are_handed_back_with_a_reason(browser, east):
    record = record_of(east)

    response = browser.post(
        reverse("volunteering:return", args=[record.pk]), {"reason": "时长有误"}
    )

    assert response.url == SERVICE
    assert ServiceRecord.objects.get().state == RecordState.RETURNED


def test_a_keeper_records_hours_for_a_member(browser, east, secretary):
    claim = ClaimFactory(past=True, shift__post__organization=east)
    page = browser.get(reverse("volunteering:unrecorded"))
    listed = [
        (row.record, row.record.unrecorded_count) for row in page.context["table"].rows
    ]

    address = reverse("volunteering:record", args=[claim.pk])
    seen = browser.get(address).context["form"].initial["seen"]
    response = browser.post(address, {"hours": "2", "remark": "", "seen": seen})

    assert listed == [(claim.shift, 1)]
    assert response.url == reverse("volunteering:unrecorded")
    assert ServiceRecord.objects.get().recorded_by == secretary


def test_a_keeper_is_asked_before_an_absence_is_recorded(browser, east):
    claim = ClaimFactory(past=True, shift__post__organization=east)
    address = reverse("volunteering:missed", args=[claim.pk])

    asked = browser.get(address)
    before = Claim.objects.get().state
    answer = browser.post(address, {"idempotency_key": "k"}, follow=True)

    assert claim.member.name in asked.context["question"]
    assert (before, Claim.objects.get().state) == (
        ClaimState.ACTIVE,
        ClaimState.MISSED,
    )
    assert answer.redirect_chain == [(reverse("volunteering:unrecorded"), 302)]
    assert list(answer.context["table"].rows) == []


def a_shift_of_three(east):
    shift = ShiftFactory(post__organization=east, day=dt.date(2026, 3, 10), capacity=3)
    when = at(dt.date(2026, 3, 2))
    return shift, [ClaimFactory(shift=shift, at=when) for _ in range(3)]


def test_a_keeper_says_on_one_page_who_came(browser, east, secretary):
    shift, (first, second, third) = a_shift_of_three(east)
    address = reverse("volunteering:attendance", args=[shift.pk])
    typed = {f"hours_{second.pk}": "1.5", f"missed_{third.pk}": "on"}

    sent = sent_from(browser, address, **typed)
    answer = browser.post(address, sent, follow=True)

    hours = dict(ServiceRecord.objects.values_list("claim", "hours"))
    assert hours == {first.pk: Decimal("2.0"), second.pk: Decimal("1.5")}
    assert ServiceRecord.objects.filter(recorded_by=secretary).count() == 2
    assert Claim.objects.get(pk=third.pk).state == ClaimState.MISSED
    assert list_messages(answer) == ["已登记 2 人，待他人确认；1 人未到岗。"]


def sent_from(browser, address, **changes):
    """Return what the page of an attendance sends, with changes."""
    form = browser.get(address).context["form"]
    return {bound.html_name: bound.value() or "" for bound in form} | changes


def test_whose_hours_are_left_empty_is_asked_after_later(browser, east):
    shift, (first, second, third) = a_shift_of_three(east)
    address = reverse("volunteering:attendance", args=[shift.pk])
    empty = {f"hours_{claim.pk}": "" for claim in (first, second, third)}

    nothing = browser.post(address, sent_from(browser, address, **empty))
    one = {**empty, f"hours_{first.pk}": "2"}
    browser.post(address, sent_from(browser, address, **one))

    assert len(nothing.context["form"].non_field_errors()) == 1
    assert list(Claim.objects.unrecorded().order_by("pk")) == [second, third]


def test_hours_beyond_the_shift_are_refused_on_the_page(browser, east):
    shift, (first, *_others) = a_shift_of_three(east)
    address = reverse("volunteering:attendance", args=[shift.pk])

    sent = sent_from(browser, address, **{f"hours_{first.pk}": "24"})
    answer = browser.post(address, sent)

    said = answer.context["form"].non_field_errors()[0]
    assert first.member.name in said
    assert not ServiceRecord.objects.exists()


def test_a_shift_is_asked_after_with_the_same_queries_for_three_or_thirty(
    browser, east, cost_of
):
    shift, _claims = a_shift_of_three(east)
    Shift.objects.update(capacity=30)
    address = reverse("volunteering:attendance", args=[shift.pk])
    three = cost_of(address)

    ClaimFactory.create_batch(27, shift=shift, at=at(dt.date(2026, 3, 2)))

    assert cost_of(address) == three


def test_the_list_of_hours_costs_the_same_for_three_rows_or_thirty(
    browser, east, clerk, cost_of
):
    here = {"claim__past": True, "claim__shift__post__organization": east}
    ServiceRecordFactory.create_batch(3, **here, by=clerk)
    three = cost_of(SERVICE)

    ServiceRecordFactory.create_batch(27, **here, by=clerk)

    assert (cost_of(SERVICE), ServiceRecord.objects.count()) == (three, 30)


def test_the_list_of_unrecorded_claims_costs_the_same_for_three_rows_or_thirty(
    browser, east, cost_of
):
    address = reverse("volunteering:unrecorded")
    here = {"past": True, "shift__post__organization": east}
    ClaimFactory.create_batch(3, **here)
    three = cost_of(address)

    ClaimFactory.create_batch(27, **here)

    assert (cost_of(address), Shift.objects.count()) == (three, 30)
