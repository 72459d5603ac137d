"""Columns of a source that identify members are declared, with who may read them."""

import datetime as dt

import pytest

from figures.definitions import Column, Source, indicators
from members.models import Affiliation, CheckIn, Member
from organizations.roles import MEETING_KEEPERS

JUNE = dt.date(2026, 6, 1)
SOURCES = sorted({i.source for i in indicators}, key=lambda source: source.key)

pytestmark = pytest.mark.django_db


def passes_through_member(model, accessor):
    """Whether the path to a column's value leads through a member's row."""
    for part in accessor.replace(".", "__").split("__"):
        fields = (field for field in model._meta.get_fields() if field.name == part)
        model = getattr(next(fields, None), "related_model", None)
        if model is None:
            return False
        if model is Member:
            return True
    return False


def undeclared(source):
    """What a source does not declare about the people in its rows."""
    model = source.rows(JUNE).model
    missing = [
        column.accessor
        for column in source.columns
        if passes_through_member(model, column.accessor) and not column.names_person
    ]
    names_people = any(column.names_person for column in source.columns)
    if names_people and not source.names_read_by:
        missing.append("names_read_by")
    return missing


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.key)
def test_every_column_about_a_member_is_declared_with_its_readers(source):
    assert undeclared(source) == []


@pytest.mark.parametrize(
    ("columns", "readers", "missing"),
    [
        ((Column("姓名", "member.name"),), MEETING_KEEPERS, ["member.name"]),
        ((Column("党员", "member"),), MEETING_KEEPERS, ["member"]),
        (
            (Column("姓名", "member.name", names_person=True),),
            frozenset(),
            ["names_read_by"],
        ),
        ((Column("社区", "organization.name"),), frozenset(), []),
    ],
)
def test_an_undeclared_column_about_a_member_is_found(columns, readers, missing):
    def rows(_month):
        return Affiliation.objects.all()

    source = Source("test.members", "党员", rows, columns, names_read_by=readers)

    assert undeclared(source) == missing


def test_a_path_that_leads_to_a_member_through_another_row_is_found():
    assert passes_through_member(CheckIn, "member.organization.name")
    assert not passes_through_member(CheckIn, "community.name")
