"""Checking many rows in one query gives the messages of `full_clean`, row by row."""

import datetime as dt
from contextlib import contextmanager
from decimal import Decimal
from unittest.mock import patch

import pytest
from django.apps import apps
from django.conf import settings as ours
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import CheckConstraint
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import RoleAssignment
from core.db.constraints import (
    check_many,
    find_violated_constraints,
    validate,
    validate_all,
)
from core.db.money import HundredthsField
from core.errors import ConstraintViolated
from finance.models import DuesRate
from members.models import Affiliation, CheckIn, Member
from organizations.models import OrganizationAlias
from tests.factories.members import MemberFactory
from tests.messages import rule, rule_message

UTC = dt.UTC
VALUES = {
    models.DateTimeField: [dt.datetime(2026, 5, day, tzinfo=UTC) for day in (1, 2)],
    models.DateField: [
        dt.date(2026, m, d) for m, d in [(5, 1), (5, 2), (6, 1), (7, 1)]
    ],
    models.TimeField: [dt.time(9), dt.time(15)],
    models.BinaryField: [b""],
    models.BooleanField: [False, True],
    models.DecimalField: [Decimal(n) for n in ("0", "1", "2.5", "30")],
    models.IntegerField: [0, 1, 2, 120],
    HundredthsField: [Decimal(n) for n in ("0", "1", "2.5", "30")],
    models.ForeignKey: [1, 2],
    models.JSONField: [[]],
    models.CharField: ["", "甲", "乙"],
    models.TextField: ["", "甲"],
}
RULED = [
    model
    for model in apps.get_models()
    if model._meta.app_label in ours.OUR_APPS and model._meta.constraints
]
EAGER = settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


def values_of(field):
    """Return a few values of a field, close enough to clash."""
    if field.choices:
        chosen = [value for value, _label in field.flatchoices]
    else:
        chosen = next(v for kind, v in VALUES.items() if isinstance(field, kind))
    return st.sampled_from([*chosen, None] if field.null else chosen)


def rows_of(model):
    """Return rows of a model with generated values."""
    columns = {
        field.attname: values_of(field)
        for field in model._meta.concrete_fields
        if not field.primary_key
    }
    return st.builds(model, **columns)


def messages_alone(row):
    """Return the messages of `full_clean` for a row's constraints.

    Django compares with the rows of the default manager. The database compares with
    voided rows too, where a column is unique whatever the row's state.
    """
    messages = []
    options = type(row)._meta
    with patch.object(options, "default_manager", options.base_manager):
        for held in (row.validate_unique, row.validate_constraints):
            try:
                held()
            except ValidationError as refusal:
                messages += refusal.messages
    return messages


def is_storable(row):
    """Whether the row alone violates no constraint; the others compare rows."""
    return not any(
        isinstance(rule, CheckConstraint)
        for rule in find_violated_constraints([row])[0]
    )


@contextmanager
def roll_back():
    """Roll back what is written in the block."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def store(row):
    """Store a row if the table takes it."""
    try:
        with transaction.atomic():
            type(row).objects.bulk_create([row])
    except IntegrityError:
        return False
    return True


@pytest.mark.parametrize("model", RULED, ids=str)
@EAGER
@given(data=st.data())
def test_each_row_violates_what_it_would_violate_alone(db, model, data):
    standing = data.draw(st.lists(rows_of(model), max_size=3))
    tried = data.draw(rows_of(model))

    with roll_back():
        kept = [row for row in standing if is_storable(row) and store(row)]
        assert check_many([tried]) == [messages_alone(tried)]
        for row in kept:  # what is stored may be changed
            other = data.draw(rows_of(model))
            other.pk, other._state.adding = row.pk, False
            assert check_many([other]) == [messages_alone(other)]


def clashes(rows, standing):
    """Return what each row violates beside the stored ones and each earlier one."""
    messages = [messages_alone(row) for row in rows]
    for place, earlier in enumerate(rows):
        with roll_back():
            type(earlier).objects.filter(pk__in=standing).delete()
            assert store(earlier)
            for number in range(place + 1, len(rows)):
                messages[number] += messages_alone(rows[number])
        earlier.pk, earlier._state.adding = None, True
    return [set(own) for own in messages]


@pytest.mark.parametrize(
    "model",
    [Affiliation, CheckIn, RoleAssignment, DuesRate, OrganizationAlias],
    ids=str,
)
@EAGER
@given(data=st.data())
def test_rows_of_one_batch_clash_as_if_the_earlier_were_stored(db, model, data):
    drawn = data.draw(st.lists(rows_of(model), max_size=8))

    with roll_back():
        model.objects.all().delete()
        rows = [row for row in drawn if is_storable(row)]
        standing = [row.pk for row in rows[:2] if store(row)]
        tried = [row for row in rows if row.pk not in standing]
        assert [set(own) for own in check_many(tried)] == clashes(tried, standing)


@pytest.fixture
def version(branch):
    """Make a formal affiliation of a member, by default from 1 May 2026 on."""
    member = MemberFactory(organization=branch, starts_on=dt.date(2026, 5, 1))

    def make_version(starts_on=dt.date(2026, 5, 1), ends_on=None, **values):
        months = {"start_month": starts_on, "end_month": ends_on}
        return Affiliation(
            member=values.pop("member", member),
            organization=branch,
            starts_on=starts_on,
            ends_on=ends_on,
            **months,
        )

    make_version.member = member
    return make_version


def test_the_messages_come_in_the_order_of_the_constraints(version):
    second = version()
    backwards = version(dt.date(2026, 3, 1), dt.date(2026, 2, 1))
    earlier = version(dt.date(2026, 3, 1), dt.date(2026, 4, 1))

    assert check_many([second, backwards, earlier]) == [
        [
            rule_message("affiliation_one_open"),
            rule_message("affiliation_no_overlap"),
        ],
        [
            rule_message("affiliation_ends_after_start"),
            rule_message("affiliation_counts_in_order"),
        ],
        [],
    ]


def test_stored_versions_of_the_given_rows_are_ignored(version):
    open_one = version.member.affiliations.get()
    open_one.ends_on = open_one.end_month = dt.date(2026, 6, 1)
    next_one = version(dt.date(2026, 6, 1))

    assert check_many([open_one, next_one]) == [[], []]


def test_of_two_overlapping_versions_in_one_batch_the_later_is_refused(version):
    first = version(dt.date(2026, 2, 1), dt.date(2026, 3, 1))
    second = version(dt.date(2026, 2, 28), dt.date(2026, 4, 1))
    third = version(dt.date(2026, 1, 1), dt.date(2026, 2, 1))

    assert check_many([first, second, third]) == [
        [],
        [rule_message("affiliation_no_overlap")],
        [],
    ]


@pytest.mark.parametrize("count", [1, 400])
def test_many_rows_cost_one_query(version, count, django_assert_num_queries):
    rows = [version(dt.date(2026, 6, 1), member=Member(pk=-n)) for n in range(count)]

    with django_assert_num_queries(1):
        assert check_many(rows) == [[] for _row in rows]


def test_no_rows_cause_no_query():  # the test has no database to ask
    assert check_many([]) == []


def test_the_first_invalid_row_gives_the_message(version):
    sound = version(dt.date(2026, 3, 1), dt.date(2026, 4, 1))

    with pytest.raises(ConstraintViolated, match=f"^{rule('affiliation_no_overlap')}$"):
        validate_all([sound, version(dt.date(2026, 3, 2), dt.date(2026, 3, 9))])


def test_a_row_whose_references_are_loaded_is_checked_by_one_query(
    east, django_assert_num_queries
):
    check_many([east])  # the query is compiled

    with django_assert_num_queries(1):
        validate(east)


def test_a_reference_to_no_row_is_refused(east):
    east.parent_id = 0

    with pytest.raises(ConstraintViolated):
        validate(east)


def test_a_new_row_may_not_bring_the_key_of_another(east, west):
    values = {f.attname: getattr(west, f.attname) for f in west._meta.concrete_fields}
    values |= {"id": east.pk, "code": "new", "name_key": "新", "path": "9999"}

    with pytest.raises(ConstraintViolated):
        validate(type(west)(**values))


def test_the_message_of_a_taken_value_is_in_the_reader_s_language(east, west):
    west.code = east.code

    with override("zh-hans"):
        chinese = check_many([west])
    with override("en"):
        english = check_many([west])

    assert chinese == [messages_in("zh-hans", west)]
    assert english == [messages_in("en", west)]
    assert chinese != english


def messages_in(language, row):
    """Return the messages of `full_clean` in a language."""
    with override(language):
        return messages_alone(row)
