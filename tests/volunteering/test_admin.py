"""Street staff keep posts and shifts in the browser admin."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from core.months import today
from core.web.edit_conflicts import version_token
from tests.factories.volunteering import (
    ClaimFactory,
    PostFactory,
    ServiceRecordFactory,
    ShiftFactory,
)
from volunteering.actions import close_post
from volunteering.enums import PostState
from volunteering.models import Post, Shift

pytestmark = pytest.mark.django_db
DAY = today() + dt.timedelta(days=7)
POST, SHIFT = "admin:volunteering_post", "admin:volunteering_shift"


@pytest.fixture
def browser(client, staff):
    """赵敏's browser."""
    client.force_login(staff)
    return client


def audit_log_grows_by(count):
    return AuditEntry.objects.count() - count


def post_sent(**changed):
    contact = {"contact_name": "王芳", "contact_phone": "13800000000"}
    post = {"title": "义务理发", "category": "other", "description": "理发"}
    return post | contact | changed


def shift_sent(**changed):
    return {
        "starts_at_0": f"{DAY:%Y-%m-%d}",
        "starts_at_1": "09:00",
        "ends_at_0": f"{DAY:%Y-%m-%d}",
        "ends_at_1": "11:00",
        "meeting_point": "党群服务中心",
        "capacity": "2",
    } | changed


def test_staff_add_a_post_with_one_audit_entry(browser, east):
    before = AuditEntry.objects.count()

    response = browser.post(reverse(f"{POST}_add"), post_sent(organization=east.pk))

    assert response.url == reverse(f"{POST}_changelist")
    assert (Post.objects.get().state, audit_log_grows_by(before)) == (PostState.OPEN, 1)


def test_staff_change_a_post_with_one_audit_entry(browser, east):
    post = PostFactory(organization=east)
    sent = post_sent(version_token=version_token(post), title="新名")
    before = AuditEntry.objects.count()

    browser.post(reverse(f"{POST}_change", args=[post.pk]), sent)

    assert (Post.objects.get().title, audit_log_grows_by(before)) == ("新名", 1)


def test_staff_close_a_post_with_a_reason(browser, east):
    post = PostFactory(organization=east)

    browser.post(reverse(f"{POST}_end", args=[post.pk]), {"reason": "需求已满足"})

    assert Post.objects.get().state == PostState.CLOSED


def test_a_closed_post_is_not_closed_again(browser, east):
    post = close_post(PostFactory(organization=east), by=None, reason="结束")

    response = browser.get(reverse(f"{POST}_end", args=[post.pk]))

    assert response.status_code == 403


def test_the_refusal_of_an_action_is_shown_on_the_form(browser, east):
    post = PostFactory(organization=east, title="旧名")
    sent = post_sent(version_token=version_token(post), title="新名")
    close_post(post, by=None, reason="结束")
    post.refresh_from_db()
    sent["version_token"] = version_token(post)

    page = browser.post(reverse(f"{POST}_change", args=[post.pk]), sent)

    assert "“旧名”已于" in page.content.decode()
    assert Post.objects.get().title == "旧名"


def test_posts_are_offered_for_ones_own_communities_alone(
    browser, east, foreign, branch
):
    form = browser.get(reverse(f"{POST}_add")).context["adminform"].form

    assert list(form.fields["organization"].queryset) == [east]


def test_the_neighbours_posts_are_not_there(browser, foreign):
    post = PostFactory(organization=foreign, title="金丝雀岗位")

    listed = browser.get(reverse(f"{POST}_changelist")).content.decode()
    opened = browser.get(reverse(f"{POST}_change", args=[post.pk]))
    found = browser.get(
        reverse("admin:autocomplete"),
        {
            "term": "金丝雀",
            "app_label": "volunteering",
            "model_name": "shift",
            "field_name": "post",
        },
    )

    assert "金丝雀岗位" not in listed
    assert opened.status_code == 404
    assert found.json()["results"] == []


def test_staff_add_a_shift_with_one_audit_entry(browser, east):
    post = PostFactory(organization=east)
    before = AuditEntry.objects.count()

    browser.post(reverse(f"{SHIFT}_add"), shift_sent(post=post.pk))

    assert (Shift.objects.get().post, audit_log_grows_by(before)) == (post, 1)


def test_staff_change_a_shift_with_one_audit_entry(browser, east):
    shift = ShiftFactory(post__organization=east)
    shift.refresh_from_db()
    sent = shift_sent(version_token=version_token(shift), meeting_point="北门")
    before = AuditEntry.objects.count()

    browser.post(reverse(f"{SHIFT}_change", args=[shift.pk]), sent)

    assert (Shift.objects.get().meeting_point, audit_log_grows_by(before)) == (
        "北门",
        1,
    )


def test_claims_and_hours_are_read_only(browser, east):
    record = ServiceRecordFactory(
        claim__past=True, claim__shift__post__organization=east
    )
    pages = {"claim": record.claim_id, "servicerecord": record.pk}

    for name, pk in pages.items():
        address = f"admin:volunteering_{name}"
        assert browser.get(reverse(f"{address}_changelist")).status_code == 200
        page = browser.get(reverse(f"{address}_change", args=[pk]))
        assert page.context["has_change_permission"] is False
        assert browser.get(reverse(f"{address}_add")).status_code == 403


def test_the_list_of_posts_costs_the_same_for_three_rows_or_thirty(
    browser, east, cost_of
):
    address = reverse(f"{POST}_changelist")
    PostFactory.create_batch(3, organization=east)
    three = cost_of(address)

    PostFactory.create_batch(27, organization=east)

    assert cost_of(address) == three


def test_the_list_of_claims_costs_the_same_for_three_rows_or_thirty(
    browser, east, cost_of
):
    address = reverse("admin:volunteering_claim_changelist")
    ClaimFactory.create_batch(3, shift__post__organization=east)
    three = cost_of(address)

    ClaimFactory.create_batch(27, shift__post__organization=east)

    assert cost_of(address) == three
