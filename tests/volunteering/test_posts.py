"""Offering, changing and closing posts and their shifts."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import AuditEntry
from core.errors import ConstraintViolated
from organizations.actions import end_organization
from organizations.errors import NotACommunity, OrganizationEnded
from organizations.models import RecountRequest
from tests.factories.communities import ProjectFactory
from tests.factories.organizations import closed
from tests.factories.volunteering import (
    HOUR,
    ClaimFactory,
    PostFactory,
    ShiftFactory,
    listed_skill,
)
from tests.messages import rule
from volunteering.actions import (
    add_shift,
    change_post,
    change_shift,
    close_post,
    offer_post,
    publish_post,
)
from volunteering.enums import PostState
from volunteering.errors import (
    NotOnTheList,
    PostIsClosed,
    ProjectElsewhere,
    TimeIsPromised,
)
from volunteering.models import Post, Shift

pytestmark = pytest.mark.django_db
MARCH, APRIL, MAY = dt.date(2026, 3, 1), dt.date(2026, 4, 1), dt.date(2026, 5, 1)


def test_an_offered_post_is_open_from_today_on(east):
    post = PostFactory(organization=east, on=dt.date(2026, 3, 9))

    assert (post.state, post.opened_on) == (PostState.OPEN, dt.date(2026, 3, 9))
    assert post.open_month == MARCH


def test_offering_leaves_one_audit_entry_and_one_mark(east, secretary):
    before = AuditEntry.objects.count(), RecountRequest.objects.count()

    offer_post(
        east,
        by=secretary,
        title="义务理发",
        category="other",
        description="为老人理发。",
    )

    assert AuditEntry.objects.count() - before[0] == 1
    assert RecountRequest.objects.count() - before[1] == 1


def test_a_draft_counts_nowhere_until_it_is_published(east):
    post = PostFactory(organization=east, draft=True)

    published = publish_post(post, by=None, on=dt.date(2026, 3, 9))

    assert (post.state, post.open_month) == (PostState.DRAFT, None)
    assert (published.state, published.open_month) == (PostState.OPEN, MARCH)


def test_publishing_twice_is_publishing_once(east):
    post = publish_post(PostFactory(organization=east, draft=True), by=None)
    before = AuditEntry.objects.count()

    publish_post(post, by=None)

    assert AuditEntry.objects.count() == before


def test_a_post_that_came_late_counts_in_the_first_open_month(east):
    closed(east, MARCH)

    post = PostFactory(organization=east, on=dt.date(2026, 3, 9))

    assert post.open_month == APRIL


def test_posts_belong_to_communities(street):
    with pytest.raises(NotACommunity):
        PostFactory(organization=street)


def test_an_ended_community_offers_nothing(east):
    ended = end_organization(east, by=None, reason="撤并", on=dt.date(2026, 3, 1))

    with pytest.raises(OrganizationEnded):
        PostFactory(organization=ended)


def test_a_category_comes_from_the_list(east):
    with pytest.raises(NotOnTheList, match="gardening"):
        PostFactory(organization=east, category="gardening")


def test_a_skill_comes_from_the_list(east):
    listed_skill("law")

    with pytest.raises(NotOnTheList, match="magic"):
        PostFactory(organization=east, skills=["law", "magic"])


def test_a_post_serves_a_project_of_its_own_community(east, west):
    with pytest.raises(ProjectElsewhere):
        PostFactory(organization=east, project=ProjectFactory(organization=west))


def test_giving_a_post_a_project_marks_its_figures(east):
    post = PostFactory(organization=east, on=dt.date(2026, 3, 9))
    RecountRequest.objects.all().delete()

    change_post(post, by=None, project=ProjectFactory(organization=east))

    requests = RecountRequest.objects.values_list("organization", "month")
    assert list(requests) == [(east.pk, MARCH)]


def test_a_changed_post_tells_before_and_after(east, secretary):
    post = PostFactory(organization=east, title="旧名")

    change_post(post, by=secretary, title="新名")

    entry = AuditEntry.objects.about(post).first()
    assert (entry.before, entry.after) == ({"title": "旧名"}, {"title": "新名"})


def test_a_closed_post_is_not_changed(east):
    post = close_post(PostFactory(organization=east), by=None, reason="需求已满足")

    with pytest.raises(PostIsClosed):
        change_post(post, by=None, title="新名")


def test_a_closed_post_gets_no_further_shift(east):
    post = close_post(PostFactory(organization=east), by=None, reason="需求已满足")

    with pytest.raises(PostIsClosed):
        ShiftFactory(post=post)


def test_closing_counts_in_the_first_open_month(east):
    post = PostFactory(organization=east, on=dt.date(2026, 3, 9))
    closed(east, APRIL)

    shut = close_post(post, by=None, reason="结束", on=dt.date(2026, 4, 2))

    assert (shut.closed_on, shut.close_month) == (dt.date(2026, 4, 2), MAY)


def test_a_draft_can_be_cancelled(east):
    shut = close_post(PostFactory(organization=east, draft=True), by=None, reason="误")

    assert (shut.state, shut.opened_on) == (PostState.CLOSED, None)


def test_closing_says_why_in_the_audit_log(east, secretary):
    post = PostFactory(organization=east)

    close_post(post, by=secretary, reason="需求已满足")

    assert AuditEntry.objects.about(post).first().reason == "需求已满足"


def test_a_shift_ends_after_it_begins(east):
    post = PostFactory(organization=east)
    start = ShiftFactory.build(post=post).starts_at

    with pytest.raises(ConstraintViolated, match=rule("shift_ends_after_start")):
        add_shift(post, by=None, starts_at=start, ends_at=start, meeting_point="广场")


def test_a_shift_has_at_least_one_place(east):
    with pytest.raises(ConstraintViolated):
        ShiftFactory(post__organization=east, capacity=0)


def test_the_time_of_a_claimed_shift_changes_for_a_reason_only():
    shift = ClaimFactory().shift

    with pytest.raises(TimeIsPromised):
        change_shift(shift, by=None, starts_at=shift.starts_at + HOUR)

    moved = change_shift(
        shift, by=None, starts_at=shift.starts_at + HOUR, reason="场地占用"
    )
    assert (moved.starts_at, moved.move_reason) == (shift.starts_at + HOUR, "场地占用")


def test_the_place_of_a_claimed_shift_may_change():
    shift = ClaimFactory().shift

    changed = change_shift(
        shift, by=None, meeting_point="北门", starts_at=shift.starts_at
    )

    assert changed.meeting_point == "北门"


def test_there_are_never_fewer_places_than_claims():
    shift = ShiftFactory(capacity=2)
    ClaimFactory(shift=shift)
    ClaimFactory(shift=shift)

    with pytest.raises(ConstraintViolated, match=rule("shift_claimed_within_capacity")):
        change_shift(shift, by=None, capacity=1)


def test_posts_on_offer_are_public_and_drafts_are_not(east, secretary, stranger):
    offered = PostFactory(organization=east)
    draft = PostFactory(organization=east, draft=True)

    assert set(Post.objects.visible_to(secretary)) == {offered, draft}
    assert set(Post.objects.visible_to(stranger)) == {offered}
    assert set(Post.objects.visible_to(AnonymousUser())) == {offered}


def test_shifts_are_as_public_as_their_posts(east, secretary, stranger):
    offered = ShiftFactory(post__organization=east)
    draft = ShiftFactory(post__organization=east, post__draft=True)

    assert set(Shift.objects.visible_to(secretary)) == {offered, draft}
    assert set(Shift.objects.visible_to(stranger)) == {offered}
