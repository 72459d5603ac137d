"""A button that destroys something says first what is lost, and is pressed twice."""

import re

import pytest
from django.urls import resolve, reverse

from accounts.views.calendar import RevokeCalendar
from cobuilding.views.targets import RemoveTarget
from core.web.views import ActionView
from exchange.views.batches import DiscardBatch
from members.views.own import Leave
from tests.access_matrix import accounts, cobuilding, members
from tests.test_access_matrix import ACCESS, signed_in

pytestmark = pytest.mark.django_db

DESTROYING = {DiscardBatch, Leave, RemoveTarget, RevokeCalendar}
# What they do can be done again or taken back, by the same person on the same page, or
# asks for a second person before it counts. A new button is put into one of the sets.
HARMLESS = {
    *(
        "AgreeToSlip",
        "ApproveVoucher",
        "AskConsent",
        "CheckInView",
        "ClaimShift",
        "ClearCell",
        "ConfirmToday",
    ),
    # They carry out what a page of its own showed in full, or give that page up.
    *("ConfirmBulk", "ConfirmDecision", "DropDecision", "LookAgain"),
    "LookAtBulkAgain",
    *("LiftLock", "PayVoucher", "PublishPost", "ReadAllNotices", "ReadNotice"),
    *("Remind", "ReviewVoucher", "SettleComment", "SignVoucher"),
    *("SubmitReturn", "TakeCase", "WithdrawClaim", "WithdrawReturn"),
}
ASKING = {
    "accounts:calendar": {RevokeCalendar},
    "cobuilding:agreement": {RemoveTarget},
    "exchange:batch": {DiscardBatch},
    "members:me": {Leave},
}
ASKED = re.compile(r'<details class="asked">.*?</details>', re.DOTALL)
ACTION = re.compile(r'<form[^>]*action="([^"]+)"', re.DOTALL)


def action_views():
    """Every view that a button runs."""
    found, left = set(), [ActionView]
    while left:
        for one in left.pop().__subclasses__():
            found.add(one)
            left.append(one)
    return {one for one in found if one.__module__.split(".")[1] == "views"}


def destroying_forms(text):
    """The views that destroy something among those to which a page's forms go."""
    views = (resolve(action).func for action in ACTION.findall(text))
    return {getattr(view, "view_class", None) for view in views} & DESTROYING


def test_every_button_is_known_to_destroy_something_or_not():
    assert {one.__name__ for one in action_views()} == HARMLESS | {
        one.__name__ for one in DESTROYING
    }


@pytest.mark.parametrize(
    "name", sorted(name for name in ACCESS if ACCESS[name].method == "get")
)
def test_what_destroys_is_asked_on_every_page(name, world):
    accounts.calendars(world)
    cobuilding.targets(world)
    members.settled(world)
    address = reverse(name, args=ACCESS[name].args(world)[0])
    asked, pressed = set(), set()

    for person in ACCESS[name].openers:
        answer = signed_in(world.people[person]).get(address)
        text = "" if answer.streaming else answer.content.decode(errors="ignore")
        asked |= destroying_forms("".join(ASKED.findall(text)))
        pressed |= destroying_forms(ASKED.sub("", text))

    assert pressed == set()
    assert asked == ASKING.get(name, set())
