"""Each to-do opens as many rows as it counts, for everybody of a busy world."""

import datetime as dt

import pytest

from communities.models import TermOfOffice
from core.months import today
from core.registries.todos import todos_for
from tests import states
from tests.access_matrix import members
from tests.factories.communities import BodyFactory, TermOfOfficeFactory
from tests.factories.members import LostContactFactory, MemberFactory
from tests.factories.organizations import BranchFactory
from tests.factories.volunteering import ClaimFactory, ShiftFactory
from tests.test_whose_desk import TURNS
from volunteering.models import Claim, Post


def count_rows(page):
    """How many rows a page lists; one that shows a single row has no table."""
    table = (page.context or {}).get("table")
    return 1 if table is None else len(table.rows)


def wrong_counts(user, browser):
    """Return the to-dos of a person that open other numbers of rows than they say."""
    found = []
    for todo in todos_for(user, today()):
        page = browser.get(todo.url, follow=True)
        rows = count_rows(page)
        if rows != todo.count:
            found.append(f"{todo.label} {todo.count}: {todo.url} {rows}")
    return found


def branches_that_owe_meetings(world):
    """Two branches owe a members' meeting, one of them a committee meeting as well."""
    MemberFactory.create_batch(8, organization=world.branch)
    BranchFactory(parent=world.community)


def terms_that_end(world):
    """Of three bodies one is in a term that ends soon."""
    for number in range(3):
        body = BodyFactory(organization=world.community, name=f"机构{number}")
        TermOfOfficeFactory(body=body)
    ending = TermOfOffice.objects.filter(body=body)
    ending.update(ends_on=today() + dt.timedelta(days=30))


def posts_without_contact(world):
    """A post of three shifts names nobody, a draft has two; two people came once."""
    post = ShiftFactory(post__organization=world.community).post
    ShiftFactory.create_batch(2, post=post)
    Post.objects.filter(pk=post.pk).update(contact_name="", contact_phone=None)
    draft = states.post_draft(world)
    ShiftFactory.create_batch(2, post=draft)
    came = ClaimFactory(past=True, shift__post__organization=world.community)
    other = ClaimFactory(past=True, shift__post__organization=world.community)
    Claim.objects.filter(pk=other.pk).update(shift=came.shift)


def two_lost(world):
    """On one of two lost members can be decided, on the other not yet."""
    members.lost(world)
    other = MemberFactory(organization=world.branch)
    LostContactFactory(member=other, last_dues_on=today() - dt.timedelta(days=100))


OWN = [branches_that_owe_meetings, terms_that_end, posts_without_contact, two_lost]
REACHES = {reach.__name__: reach for reach in [*OWN, *(row[1] for row in TURNS)]}


@pytest.mark.parametrize("reach", REACHES)
def test_each_to_do_opens_as_many_rows_as_it_counts(reach, world, enter):
    REACHES[reach](world)

    wrong = {
        name: found
        for name, user in world.people.items()
        if user is not None and (found := wrong_counts(user, enter(user)))
    }

    assert wrong == {}
