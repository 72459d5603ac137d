"""Fields that choose people tell two of one name apart, on every form."""

import datetime as dt

import pytest
from django import forms
from django.db.models import Count
from django.urls import get_resolver

from accounts.models import User
from communities.models import Candidate, NonMember, SeatHolding
from members.lost_contacts.marks import with_search_state
from members.models import Member, Transfer
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.communities import (
    BodyFactory,
    CandidateFactory,
    ElectionFactory,
    SeatHoldingFactory,
)
from tests.factories.members import MemberFactory, TransferFactory
from tests.test_conventions import OURS

NAME = "王芳"
BORN = (dt.date(1970, 5, 1), dt.date(1988, 11, 1))
WITHOUT_NAMES = {
    "communities.forms.honour.MemberHonourForm.opinion": "opinions about one person",
    "accounts.slips.SlipsForm.chosen": "ticks beside a table that has usernames",
}


def namesakes(branch):
    """Two members of one name in one branch, born in different months."""
    return [
        MemberFactory(name=NAME, organization=branch, birth_date=born) for born in BORN
    ]


def accounts(branch):
    """Two accounts of one name with the same role over one place."""
    return [
        holder(Role.BRANCH_SECRETARY, branch, name=NAME),
        holder(Role.BRANCH_SECRETARY, branch, name=NAME),
    ]


def seats(branch):
    """Two of one name in two seats of one kind."""
    body = BodyFactory()
    several = body.seats.values("kind").annotate(seats=Count("pk")).filter(seats__gt=1)
    two = body.seats.filter(kind=several[0]["kind"])[:2]
    return [
        SeatHoldingFactory(seat=seat, member=member)
        for seat, member in zip(two, namesakes(branch), strict=True)
    ]


def transfers(branch):
    for member in namesakes(branch):
        TransferFactory(member=member)
    return list(with_search_state(Transfer.objects.all(), "member"))


def candidates(branch):
    election = ElectionFactory()
    return [
        CandidateFactory(election=election, member=member)
        for member in namesakes(branch)
    ]


ROWS = {
    User: accounts,
    Member: namesakes,
    SeatHolding: seats,
    Transfer: transfers,
    Candidate: candidates,
}


def all_subclasses(cls):
    for one in cls.__subclasses__():
        yield one
        yield from all_subclasses(one)


def is_of_people(model):
    """Whether a row of the model is a person, or is about one."""
    if model in {User, Member, NonMember}:
        return True
    targets = {f.related_model for f in model._meta.fields if f.is_relation}
    return bool(targets & {Member, NonMember})


def fields_of_people():
    """Yield the fields of our forms that offer rows about people, by their names."""
    assert get_resolver().url_patterns  # which imports every form
    for form in all_subclasses(forms.BaseForm):
        if form.__module__.partition(".")[0] not in OURS:
            continue
        for name, field in getattr(form, "base_fields", {}).items():
            if not isinstance(field, forms.ModelChoiceField):
                continue
            if is_of_people(field.queryset.model):
                yield f"{form.__module__}.{form.__name__}.{name}", field


FIELDS = {
    name: field for name, field in fields_of_people() if name not in WITHOUT_NAMES
}


@pytest.mark.parametrize("name", FIELDS)
def test_each_field_of_people_tells_two_of_one_name_apart(name, branch):
    field = FIELDS[name]

    labels = [
        field.label_from_instance(row) for row in ROWS[field.queryset.model](branch)
    ]

    assert len({*labels}) == len(labels), labels
    assert all(NAME in label for label in labels)


def test_the_forms_that_choose_people_were_found():
    assert {field.queryset.model for field in FIELDS.values()} == {*ROWS}
    assert len(FIELDS) >= 10


def test_who_held_a_seat_twice_is_told_apart_by_the_days(branch):
    field = next(f for n, f in FIELDS.items() if n.endswith("SittingForm.present"))
    row = seats(branch)[0]
    again = SeatHolding(seat=row.seat, member=row.member, starts_on=dt.date(2026, 9, 1))
    row.ends_on = dt.date(2026, 6, 1)

    assert field.label_from_instance(row) != field.label_from_instance(again)
