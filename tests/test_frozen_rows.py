"""What is frozen stays, whatever statement is sent: on every table that says so."""

import datetime as dt
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from accounts.actions import seal_entries
from cobuilding.actions import end_agreement, sign_agreement
from cobuilding.enums import Side
from cobuilding.models import Agreement, Target
from core.db.triggers import AppendOnly, Undeletable, iter_triggers
from members.actions import record_look
from members.models import Member
from reports.actions import answer_feedback, settle_comment
from tests.factories.accounts import UserFactory
from tests.factories.burden import FeedbackFactory
from tests.factories.cobuilding import TargetFactory, signed
from tests.factories.finance import FundFactory, filled
from tests.factories.members import MemberFactory
from tests.factories.organizations import closed
from tests.factories.reports import (
    MonthlyReturnFactory,
    ReturnCallFactory,
    ReturnCommentFactory,
    publish,
)
from tests.factories.volunteering import ServiceRecordFactory
from volunteering.actions import confirm_service
from volunteering.models import ServiceRecord

TABLES = sorted(
    {
        table
        for config in apps.get_app_configs()
        for table, trigger in iter_triggers(config)
        if type(trigger) is AppendOnly
    }
)
ALL = "SELECT * FROM {table}"
SAME = "INSERT INTO {table} SELECT * FROM {table} WHERE TRUE"
EVERYWHERE = [
    "UPDATE {table} SET {key} = {key}",
    "DELETE FROM {table}",
    SAME + " ON CONFLICT ({key}) DO UPDATE SET {key} = excluded.{key}",
]
BY_VENDOR = {
    "postgresql": ["TRUNCATE {table} CASCADE"],
    "sqlite": [
        SAME.replace("INSERT", "INSERT OR REPLACE"),
        SAME.replace("INSERT", "REPLACE"),
    ],
}


@pytest.fixture
def frozen(db, east):
    """A row in every table that keeps its rows."""
    person = UserFactory()
    closed(east, dt.date(2026, 5, 1))
    publish(MonthlyReturnFactory(organization=east, month=dt.date(2026, 6, 1)))
    ReturnCallFactory()
    answer_feedback(FeedbackFactory(), answer="下月起由系统生成", by=UserFactory())
    settle_comment(ReturnCommentFactory(), by=UserFactory())
    filled(FundFactory(), 100)
    record_look(MemberFactory(organization=east), by=person)
    confirm_service(ServiceRecordFactory(), by=UserFactory())
    seal_entries()
    call_command("verify", stdout=StringIO())
    connection.check_constraints()  # or PostgreSQL speaks of them before the guards


def standing(table):
    """Every row of a table, as the database tells it."""
    with connection.cursor() as cursor:
        cursor.execute(ALL.format(table=table))
        rows = [
            [bytes(v) if isinstance(v, memoryview) else v for v in r] for r in cursor
        ]
    assert rows, f"{table}: no frozen row was built"
    return rows


def refused(sql):
    """Whether the database refuses a statement because of frozen rows."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError as error:
        return "are never changed" in str(error)
    return False


def test_no_statement_changes_or_drops_a_frozen_row(frozen):
    before = {table: standing(table) for table in TABLES}
    with connection.cursor() as cursor:
        key = connection.introspection.get_primary_key_column
        keys = {table: key(cursor, table) for table in TABLES}
    statements = [
        template.format(table=table, key=keys[table])
        for table in TABLES
        for template in EVERYWHERE + BY_VENDOR[connection.vendor]
    ]

    assert [sql for sql in statements if not refused(sql)] == []
    assert {table: standing(table) for table in TABLES} == before


KEPT = {Member, Agreement, ServiceRecord}
DELETES = ["DELETE FROM {table}", *BY_VENDOR["sqlite"]]


def test_no_statement_deletes_a_person_a_promise_or_a_service(frozen):
    TargetFactory()
    connection.check_constraints()
    statements = {
        "postgresql": [DELETES[0], *BY_VENDOR["postgresql"]],
        "sqlite": DELETES,
    }[connection.vendor]
    kept = {
        model
        for model in apps.get_models()
        for trigger in getattr(model, "triggers", ())
        if isinstance(trigger, Undeletable)
    }
    wanted = [
        sql.format(table=model._meta.db_table) for model in kept for sql in statements
    ]

    assert kept == KEPT
    assert [sql for sql in wanted if not refused(sql)] == []


PROMISED = {
    "unit_id": "unit_id + 1",
    "organization_id": "organization_id + 1",
    "title": "'另一份'",
    "starts_on": "'2001-01-01'",
    "in_force_on": "NULL",
    "signed_by_unit_id": "NULL",
    "signed_by_unit_at": "'2001-01-01 00:00:00+00:00'",
    "signed_by_community_id": "signed_by_community_id + 1",
    "signed_by_community_at": "NULL",
}


@pytest.mark.parametrize("column", PROMISED)
def test_what_was_signed_is_never_changed(db, column):
    sql = f"UPDATE cobuilding_agreement SET {column} = {PROMISED[column]}"  # noqa: S608
    agreement = TargetFactory().agreement
    signed(agreement)
    connection.check_constraints()

    assert refused(sql)

    agreement.refresh_from_db()
    end_agreement(agreement, by=UserFactory(), reason="到期不再续签")
    assert agreement.title != "另一份"


def test_a_draft_may_still_be_changed(db):
    TargetFactory()
    connection.check_constraints()

    assert not refused("UPDATE cobuilding_agreement SET title = '另一份'")


ONE_MORE = """
INSERT INTO cobuilding_target (agreement_id, project_id, indicator, goal, baseline,
work_of, due_on, owner_name) SELECT agreement_id, project_id, 'another', goal, baseline,
work_of, due_on, owner_name FROM cobuilding_target
"""
ON_TARGETS = {
    "the goal": "UPDATE cobuilding_target SET goal = goal + 1",
    "the day": "UPDATE cobuilding_target SET due_on = '2001-01-01'",
    "who answers": "UPDATE cobuilding_target SET owner_name = '别人'",
    "all of it": "DELETE FROM cobuilding_target",
    "one more": ONE_MORE,
}


@pytest.mark.parametrize("statement", ON_TARGETS.values(), ids=ON_TARGETS)
def test_targets_change_until_somebody_signs(db, statement):
    target = TargetFactory()
    connection.check_constraints()
    with transaction.atomic():
        as_draft = refused(statement)
        transaction.set_rollback(True)

    sign_agreement(target.agreement, Side.UNIT, by=UserFactory())

    assert (as_draft, refused(statement)) == (False, True)
    assert Target.objects.get() == target


def test_a_target_of_a_signed_agreement_is_not_replaced_from_a_draft(db):
    kept = TargetFactory()
    sign_agreement(kept.agreement, Side.UNIT, by=UserFactory())
    draft = TargetFactory().agreement_id
    connection.check_constraints()
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    columns = "project_id, indicator, goal, baseline, work_of, due_on, owner_name"

    assert refused(
        f"{verb} INTO cobuilding_target (id, agreement_id, {columns})"  # noqa: S608
        f" SELECT id, {draft}, {columns} FROM cobuilding_target WHERE id = {kept.pk}"
    )
