"""Rights end at the next request: whatever it is, in a session that stays open."""

import pytest
from django.urls import reverse

from accounts.actions import assign_role, change_account, end_role_assignment
from core.web.forms import new_key
from core.web.idempotency import KEY
from members.models import Member
from organizations.roles import Role
from tests.access_matrix import communities, exchange
from tests.changes import watched
from tests.test_access_matrix import body_of, signed_in

REASON = "调离"


def end_roles(user, world):
    for role in user.role_assignments.all():
        end_role_assignment(role, by=None, reason=REASON)


def move_elsewhere(user, world):
    """Give the person the same role over a community of the other street."""
    end_roles(user, world)
    assign_role(user, Role.SECRETARY, by=None, organization=world.other_community)


def close(user, world):
    change_account(user, by=None, is_active=False)


def looks_up(client, world):
    return client.get(reverse("members:detail", args=[world.member.pk]))


def lists(client, world):
    return client.get(reverse("members:list"))


def finds(client, world):
    number = str(Member.objects.get(pk=world.member.pk).id_number)
    return client.post(reverse("members:find"), {"number": number})


def writes(client, world):
    sent = {KEY: new_key(), "reason": "died", "on": "2026-03-02"}
    return client.post(reverse("members:end", args=[world.member.pk]), sent)


def voids(client, world):
    args = world.things["meeting"]
    sent = {KEY: new_key(), "reason": "录入重复"}
    return client.post(reverse("communities:void", args=args), sent)


def takes_a_file(client, world):
    return client.get(reverse("exchange:file", args=world.things["file"]))


def prints(client, world):
    return client.get(reverse("members:slips"))


SHOWN_EMPTY = {lists, prints, finds}
"""What other communities' keepers may open: it shows nothing of this one."""
REQUESTS = (looks_up, lists, finds, writes, voids, takes_a_file, prints)


@pytest.mark.parametrize("leave", [end_roles, move_elsewhere, close])
@pytest.mark.parametrize("request_kind", REQUESTS)
def test_what_was_open_is_closed_at_the_next_request(world, leave, request_kind):
    secretary = world.people["secretary"]
    client = signed_in(secretary)
    world.things["meeting"] = communities.meeting_args(world)[0]
    world.things["file"] = exchange.files(world)[0]
    opened = client.get(reverse("members:detail", args=[world.member.pk]))

    leave(secretary, world)
    with watched() as changes:
        answer = request_kind(client, world)
        told = body_of(answer)

    assert opened.status_code == 200
    assert world.member.name not in told
    assert changes.tables() == set()
    assert answer.status_code in {302, 403, 404} or request_kind in SHOWN_EMPTY
