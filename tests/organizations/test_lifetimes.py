"""The database itself keeps dated rows inside the life of their organization.

The list is generated: each registered column that leads to an organization, in each
model whose rows begin on a day, of which a factory exists.
"""

import datetime as dt
import re

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from core.db.constraint_errors import violated_constraint
from core.db.triggers import suspend_triggers
from core.months import today
from core.registries.invariants import invariants
from members.models import Affiliation
from organizations.ended_places import begun_after, recorded_columns
from organizations.models import Organization
from tests.factories.facilities import FacilityFactory
from tests.factories.members import MemberFactory
from tests.factories.organizations import CommunityFactory
from tests.factories.visits import LeaderVisitFactory
from tests.organizations.test_races_at_the_end import iter_factories

pytestmark = pytest.mark.django_db


def first_day_of(model):
    """Return the column with the first day of a model's rows, or nothing."""
    first = begun_after(model, today()).children[0][0]
    return first.removesuffix("__gte") if first.endswith("__gte") else None


FACTORIES = {model: factory for factory, model in iter_factories()} | {
    Affiliation: lambda: Affiliation.objects.get(member=MemberFactory())
}
NEXT = 1000
AT_A_PLACE = {
    "facility": lambda place: FacilityFactory(organization=place),
    "visit": lambda place: LeaderVisitFactory(place=place),
    "problem": lambda place: LeaderVisitFactory(place=place, problem="漏雨"),
}
DATED = [
    (model, column)
    for model, columns in recorded_columns().items()
    for column in columns
    if first_day_of(model)
]


def copy_row(row, **values):
    """Insert a copy of a row past the models, as raw SQL does."""
    table, columns = row._meta.db_table, [f.column for f in row._meta.concrete_fields]
    quote = connection.ops.quote_name
    values["id"] = row.pk + NEXT
    chosen = ["%s" if name in values else quote(name) for name in columns]
    names = ", ".join(map(quote, columns))
    sql = (
        f"INSERT INTO {table} ({names})"  # noqa: S608 -- names of ours
        f" SELECT {', '.join(chosen)} FROM {table}"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"{sql} WHERE id = %s",
            [*(values[n] for n in columns if n in values), row.pk],
        )


def refusal_of(write):
    """Return the trigger or constraint that a write is refused by."""
    try:
        with transaction.atomic():
            write()
    except DatabaseError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("model", "column"), DATED, ids=[f"{m.__name__}.{c}" for m, c in DATED]
)
def test_no_row_begins_at_an_organization_after_its_end(model, column):
    row, place, day = FACTORIES[model](), CommunityFactory(), first_day_of(model)
    rows = model._base_manager.filter(pk=row.pk)
    Organization.objects.filter(pk=place.pk).update(ended_on=today())
    inside = {f"{column}_id": place.pk, day: today() - dt.timedelta(days=1)}
    after = {f"{column}_id": place.pk, day: today()}

    name = rf"^{model._meta.model_name}_\w*inside_life_"
    assert re.match(f"{name}added", refusal_of(lambda: copy_row(row, **after)))
    assert re.match(f"{name}moved", refusal_of(lambda: rows.update(**after)))
    for write in (lambda: copy_row(row, **inside), lambda: rows.update(**inside)):
        assert "inside_life" not in refusal_of(write)


@pytest.mark.parametrize("kind", sorted(AT_A_PLACE))
def test_what_sql_writes_at_an_ended_place_is_refused_and_else_named(kind, east):
    row = AT_A_PLACE[kind](east)
    model = type(row)
    Organization.objects.filter(pk=east.pk).update(
        ended_on=getattr(row, first_day_of(model))
    )
    proof = invariants.get("organizations.recorded_after")

    with pytest.raises(IntegrityError) as refused:
        copy_row(row)
    with suspend_triggers(model):
        copy_row(row, voided_at=timezone.now(), void_reason="录错")

    assert "已撤销" in str(violated_constraint(refused.value))
    assert f"{east.code}: {model._meta.label} {row.pk}" in list(proof.broken())
    assert f"{east.code}: {model._meta.label} {row.pk + NEXT}" not in proof.broken()
