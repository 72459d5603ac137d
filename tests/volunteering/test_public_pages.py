"""The public list and a post's page: what each reader sees, and in which order."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from core.months import today
from tests.factories.members import MemberFactory, account_of
from tests.factories.organizations import BranchFactory
from tests.factories.volunteering import (
    ClaimFactory,
    PostFactory,
    ShiftFactory,
    listed_skill,
)
from volunteering.actions import close_post

pytestmark = pytest.mark.django_db
LIST = reverse("volunteering:list")


def days(count):
    return today() + dt.timedelta(days=count)


def listed(response):
    return [row.record for row in response.context["table"].paginated_rows]


def test_anyone_sees_what_wants_people_soonest_first(client):
    later, soon = ShiftFactory(day=days(9)), ShiftFactory(day=days(2))

    response = client.get(LIST)

    assert listed(response) == [soon, later]


def test_what_nobody_can_claim_is_not_listed(client):
    ShiftFactory(post=PostFactory(draft=True))
    ShiftFactory(day=days(-2))
    ClaimFactory(shift=ShiftFactory(capacity=1))
    close_post(ShiftFactory().post, by=None, reason="结束")

    response = client.get(LIST)

    assert listed(response) == []


@pytest.mark.mission("S2-19", "S3-02", "S3-16")
def test_ones_own_community_comes_first_then_what_fits_in_ones_street(
    client, lawyer, east, west, foreign
):
    listed_skill("medicine")
    law = {"post__skills": ["medicine", "law"]}
    afar = ShiftFactory(day=days(1), post__organization=foreign, **law)
    next_door = ShiftFactory(day=days(2), post__organization=west)
    street = ShiftFactory(day=days(3), post__organization=west, **law)
    home = ShiftFactory(day=days(5), post__organization=east)
    fitting = ShiftFactory(day=days(9), post__organization=east, **law)
    client.force_login(account_of(lawyer))

    response = client.get(LIST)

    assert listed(response) == [fitting, home, street, afar, next_door]


@pytest.fixture
def kept(client, secretary, east, foreign):
    """王芳 has signed in; there are shifts of hers and of others, past and to come."""
    client.force_login(secretary)
    return {
        "past": ShiftFactory(day=days(-2), post__organization=east),
        "full": ClaimFactory(
            shift__capacity=1, shift__day=days(1), shift__post__organization=east
        ).shift,
        "afar": ShiftFactory(day=days(2), post__organization=foreign),
    }


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["full"]),
        ({"when": "past"}, ["past"]),
        ({"when": "all"}, ["past", "full"]),
        ({"where": "all"}, ["full", "afar"]),
    ],
)
def test_a_keepers_list_opens_on_their_own_area_and_finds_past_shifts(
    client, kept, asked, found
):
    assert listed(client.get(LIST, asked)) == [kept[name] for name in found]


def test_a_keeper_finds_the_posts_of_a_named_community(client, kept, foreign):
    assert listed(client.get(LIST, {"community": foreign.pk})) == [kept["afar"]]


def test_the_community_of_ones_branch_is_ones_own(client, east):
    other = ShiftFactory(day=days(1))
    home = ShiftFactory(day=days(5), post__organization=east)
    member = MemberFactory(organization=BranchFactory(parent=east))
    client.force_login(account_of(member))

    response = client.get(LIST)

    assert listed(response) == [home, other]


@pytest.mark.parametrize("chosen", ["category", "community"])
def test_the_list_is_narrowed_by_category_and_community(client, east, chosen):
    ShiftFactory()
    wanted = ShiftFactory(post__organization=east, post__category="health")
    choice = {"category": "health", "community": east.pk}[chosen]

    response = client.get(LIST, {chosen: choice})

    assert listed(response) == [wanted]


def test_the_list_says_what_a_member_has_claimed(client, lawyer):
    claim = ClaimFactory(member=lawyer)
    client.force_login(account_of(lawyer))

    response = client.get(LIST)

    assert [row.own_claim for row in listed(response)] == [claim.pk]


def test_the_list_costs_the_same_for_three_rows_or_thirty(client, lawyer, cost_of):
    client.force_login(account_of(lawyer))
    ShiftFactory.create_batch(3)
    three = cost_of(LIST)

    ShiftFactory.create_batch(27)

    assert (cost_of(LIST), len(listed(client.get(LIST)))) == (three, 30)


def test_a_keepers_page_of_a_post_costs_the_same_for_three_claims_or_thirty(
    client, secretary, east, cost_of
):
    client.force_login(secretary)
    post = PostFactory(organization=east)
    ClaimFactory.create_batch(3, shift__post=post)
    three = cost_of(post.get_absolute_url())

    ClaimFactory.create_batch(27, shift__post=post)

    assert cost_of(post.get_absolute_url()) == three
    shifts = client.get(post.get_absolute_url()).context["shifts"]
    assert [len(shift.held) for shift in shifts] == [1] * 30


def test_the_public_does_not_learn_who_has_claimed(client):
    claim = ClaimFactory(member__name="隐名氏")

    page = client.get(claim.get_absolute_url()).content.decode()

    assert "隐名氏" not in page


def test_other_members_do_not_learn_who_has_claimed(client, lawyer):
    claim = ClaimFactory(member__name="隐名氏")
    client.force_login(account_of(lawyer))

    page = client.get(claim.get_absolute_url()).content.decode()

    assert "隐名氏" not in page


def test_keepers_see_who_has_claimed(client, secretary, east):
    claim = ClaimFactory(shift__post__organization=east, member__name="赴约人")
    client.force_login(secretary)

    page = client.get(claim.get_absolute_url()).content.decode()

    assert "赴约人" in page


def test_past_shifts_are_shown_to_keepers_alone(client, secretary, east):
    shift = ShiftFactory(post__organization=east, day=days(-3))
    public = client.get(shift.get_absolute_url())
    client.force_login(secretary)

    kept = client.get(shift.get_absolute_url())

    assert list(public.context["shifts"]) == []
    assert list(kept.context["shifts"]) == [shift]


def test_who_is_not_signed_in_is_led_back_to_the_post(client):
    shift = ShiftFactory()

    page = client.get(shift.get_absolute_url()).content.decode()

    assert f"{reverse('accounts:sign_in')}?next=/posts/{shift.post_id}/" in page


def test_a_post_with_a_month_of_shifts_is_one_card_with_its_soonest(client, east):
    post = PostFactory(organization=east)
    shifts = [ShiftFactory(post=post, day=days(number)) for number in range(1, 32)]

    (card,) = listed(client.get(LIST))
    every = listed(client.get(LIST, {"each": "shift"}))

    assert (card, card.more_shifts) == (shifts[0], 30)
    assert every == shifts


def test_a_full_shift_does_not_stand_for_its_post(client):
    post = PostFactory()
    ClaimFactory(shift=ShiftFactory(post=post, day=days(1), capacity=1))
    later = ShiftFactory(post=post, day=days(3))

    (card,) = listed(client.get(LIST))

    assert (card, card.more_shifts) == (later, 0)


@pytest.mark.parametrize(("asked", "found"), [("this", [1]), ("next", [7, 8])])
@time_machine.travel("2026-06-20T08:00:00+08:00", tick=False)  # a Saturday
def test_the_list_is_narrowed_to_a_weekend(client, asked, found):
    shifts = {number: ShiftFactory(day=days(number)) for number in (1, 3, 7, 8, 14)}

    answer = client.get(LIST, {"weekend": asked})

    assert listed(answer) == [shifts[number] for number in found]
