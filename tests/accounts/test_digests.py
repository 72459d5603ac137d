"""What was changed in the database without an action is found, wherever it is."""

import datetime as dt
import random
import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from accounts.actions import seal_entries, set_password
from accounts.actions.digests import (
    begin_digests,
    begin_digests_after_migrate,
    note_before_migrate,
)
from accounts.chain import digest_of
from accounts.models import AccessEntry, AuditEntry, DigestEntry, Seal
from accounts.proofs import broken_chain, find_rows_without_action
from accounts.swapped_values import find_swapped_values
from config.demo import zaoyang
from core import audit
from core.actions import Action
from core.db.digests import digested_models, digesting
from core.db.triggers import suspend_triggers
from core.registries.invariants import invariants
from figures.models import ClosedFigures, Figure
from members.actions import record_look
from members.models import Member
from organizations.models import Unit
from organizations.roles import Role
from tests.factories.accounts import UserFactory, holder
from tests.factories.cobuilding import TargetFactory, signed
from tests.factories.communities import MeetingFactory
from tests.factories.exchange import AttachmentFactory
from tests.factories.finance import FundFactory, filled
from tests.factories.members import CheckInFactory, MemberFactory, identity_number
from tests.factories.organizations import closed
from tests.factories.reports import MonthlyReturnFactory, publish
from tests.factories.volunteering import ServiceRecordFactory
from tests.tampering import (
    Target,
    owner_of_the_tables,
    tamper,
    targets,
    targets_of,
    write,
)

pytestmark = pytest.mark.django_db


def found_lines():
    return list(find_rows_without_action())


def found():
    """The rows that differ from their last digest, as `Label key`."""
    return {line.partition(":")[0] for line in found_lines()}


FIGURES_OF = re.compile(r"(\d{4}-\d{2}) .*organization (\d+)")


def found_places():
    """The months and organizations of which figures do not hold."""
    keys = ("figures.closed", "reports.figures")
    lines = [line for key in keys for line in invariants.get(key).broken()]
    return {FIGURES_OF.match(line).groups() for line in lines}


def places_of(figure_keys):
    """The months and organizations that figures stand for, by their keys."""
    rows = Figure.objects.in_bulk(list(figure_keys)).values()
    return {row.pk: (f"{row.month:%Y-%m}", f"{row.organization_id}") for row in rows}


def in_an_action(function):
    return Action(function, _("Test"))()


WRITES = {
    "save": lambda unit: unit.save(),
    "update": lambda unit: Unit.objects.filter(pk=unit.pk).update(address="甲"),
    "bulk_update": lambda unit: Unit.objects.bulk_update([unit], ["address"]),
    "bulk_create": lambda unit: Unit.objects.bulk_create(
        [Unit(name=name, host=unit.host) for name in ("甲厂", "乙厂")]
    ),
    "create": lambda unit: Unit.objects.create(name="丙厂", host=unit.host),
    "delete": lambda unit: unit.delete(),
    "delete many": lambda unit: Unit.objects.filter(pk=unit.pk).delete(),
}


@pytest.fixture
def unit(east):
    """A unit that an action wrote."""
    unit = in_an_action(lambda: Unit.objects.create(name="棉纺厂", host=east))
    unit.address = "解放路"
    return unit


@pytest.mark.parametrize("write", WRITES)
def test_every_way_of_writing_in_an_action_is_digested(unit, write):
    before = found()

    in_an_action(lambda: WRITES[write](unit))

    assert found() == before


@pytest.mark.parametrize("write", WRITES)
def test_every_way_of_writing_without_an_action_is_found(unit, write):
    before, keys = found(), {*Unit.objects.values_list("pk", flat=True)}

    WRITES[write](unit)

    touched = {*Unit.objects.values_list("pk", flat=True)} ^ keys or {unit.pk}
    assert found() - before == {f"organizations.Unit {key}" for key in touched}


def test_what_an_inner_action_wrote_and_took_back_is_no_finding(unit):
    def fail():
        Unit.objects.filter(pk=unit.pk).update(address="甲")
        Unit.objects.create(name="丙厂", host=unit.host)
        raise ValueError

    def outer():
        with pytest.raises(ValueError), transaction.atomic():  # noqa: PT011
            in_an_action(fail)

    in_an_action(outer)

    assert "organizations.Unit" not in " ".join(found())


@pytest.fixture
def records(east):
    """A record of nearly every kind, made by actions."""
    closed(east, dt.date(2026, 5, 1))
    publish(MonthlyReturnFactory(organization=east, month=dt.date(2026, 6, 1)))
    filled(FundFactory(), 100)
    signed(TargetFactory().agreement)
    member = MemberFactory(organization=east)
    MeetingFactory(organization=east)
    ServiceRecordFactory()
    CheckInFactory(community=east)
    record_look(member, by=UserFactory())


def keys_of(model):
    return list(model._base_manager.order_by("pk").values_list("pk", flat=True))


def test_a_change_in_any_table_is_found(records):
    chance, drawn, before = random.Random(2026), set(), found()
    with owner_of_the_tables():
        for model in digested_models():
            ours = [target for target in targets() if target.model is model]
            for key in keys_of(model)[-6:]:  # several rows of a table, none twice
                if tamper(chance.choice(ours), key):
                    drawn.add(f"{model._meta.label} {key}")
        after = found()

    assert before == set()
    assert len({name.partition(" ")[0] for name in drawn}) > 20
    assert (drawn - after, after - drawn) == (set(), set())


@pytest.mark.both
@pytest.mark.parametrize(
    ("make", "column", "value"),
    [
        (MeetingFactory, "starts_at", "nine"),
        (MeetingFactory, "voided_at", "x"),
        (UserFactory, "is_demo", 2),
        (UserFactory, "is_demo", "x"),
    ],
)
def test_what_a_driver_would_read_as_nothing_is_found(make, column, value):
    row = make()

    with owner_of_the_tables():
        stored = write(Target(type(row), column), row.pk, value)
        seen = found()

    assert seen == ({f"{row._meta.label} {row.pk}"} if stored else set())
    assert stored == (connection.vendor == "sqlite")  # PostgreSQL takes no such value


@pytest.mark.drill
def test_three_hundred_changes_by_the_owner_are_all_found():
    build_city()
    chance = random.Random(2026)

    tables = set()
    for _turn in range(10):
        drawn, seen = tamper_with_rows(chance, 30)
        missed = [
            f"{target} of {name}" for name, target in drawn.items() if name not in seen
        ]
        assert (missed, seen - drawn.keys()) == ([], set())
        tables |= {target.model for target in drawn.values()}

    assert len(tables) > 25


def build_city():
    """The demo city, with a row in the tables that it leaves empty; all is clean."""
    with transaction.atomic(), digesting("tests.build_city"):
        zaoyang.build(2026)
        AttachmentFactory()
        record_look(Member.objects.first(), by=UserFactory())
    seal_entries()
    call_command("verify", stdout=StringIO())


def tamper_with_rows(chance, count):
    """Tamper with so many rows, drawn from the whole list; return also what was found.

    No row is drawn twice, so that each finding is that of one change.
    """
    drawn, figures = {}, places_of(keys_of(Figure))
    with owner_of_the_tables():
        while len(drawn) < count:
            target = chance.choice(targets())
            keys = keys_of(target.model)
            key = chance.choice(keys) if keys else None
            name = f"{target.model._meta.label} {key}"
            if keys and name not in drawn and tamper(target, key):
                drawn[name] = target
        places = found_places()
        seen = {
            name
            for name in (f"figures.Figure {key}" for key in figures)
            if name in drawn and figures[int(name.split()[1])] in places
        }
        return drawn, found() | seen


@pytest.mark.drill
def test_sixty_changed_figures_of_closed_and_open_months_are_all_found():
    build_city()
    chance = random.Random(2026)
    before = places_of(keys_of(Figure))
    closed_places = {
        (f"{row.month:%Y-%m}", f"{row.organization_id}")
        for row in ClosedFigures.objects.all()
    }

    drawn = {}
    with owner_of_the_tables():
        while len(drawn) < 60:
            key = chance.choice(keys_of(Figure))
            target = chance.choice(targets_of(Figure))
            if key not in drawn and tamper(target, key):
                drawn[key] = target
        after = places_of(drawn)
        seen = found_places()

    touched = {before[key] for key in drawn}
    assert touched - seen == set()
    assert seen - touched - set(after.values()) == set()
    assert len(touched & closed_places) > 10
    assert len(touched - closed_places) > 10


def test_a_password_hash_and_a_role_written_past_the_actions_are_found(east):
    user = UserFactory()
    role = holder(Role.SECRETARY, east).role_assignments.get()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET password = 'x'")
        cursor.execute("UPDATE accounts_roleassignment SET role = 'street_staff'")

    assert {f"accounts.User {user.pk}", f"accounts.RoleAssignment {role.pk}"} <= found()


def test_a_hash_that_is_renewed_at_sign_in_is_digested(settings):
    user = UserFactory()
    set_password(user, password="a long enough one")
    before = user.password
    hashers = "django.contrib.auth.hashers"
    weak = settings.PASSWORD_HASHERS
    settings.PASSWORD_HASHERS = [f"{hashers}.PBKDF2SHA1PasswordHasher", *weak]

    assert user.check_password("a long enough one")

    user.refresh_from_db()
    assert user.password != before
    assert f"accounts.User {user.pk}" not in found()


def test_a_number_swapped_for_one_of_the_same_last_digits_shows_in_the_log(branch):
    born = dt.date(1980, 1, 1)
    one, *others = (
        identity_number(1, born=born + dt.timedelta(days=n)) for n in range(60)
    )
    other = next(number for number in others if number[-4:] == one[-4:])
    member = MemberFactory(organization=branch, id_number=one, birth_date=born)
    before = audit.snapshot(member, "id_number")
    Member.objects.filter(pk=member.pk).update(id_number=other)

    member.refresh_from_db()
    after = audit.snapshot(member, "id_number")

    assert before["id_number"] == after["id_number"]
    assert before != after
    assert list(find_swapped_values()) == [f"members.Member {member.pk}: id_number"]


def test_a_migration_renews_the_digests_of_what_matched_before_it(east):
    one, other = MemberFactory(organization=east), MemberFactory(organization=east)
    Member.objects.filter(pk=other.pk).update(address="改过的地址")

    note_before_migrate(None, plan=[("a migration", False)])
    Member.objects.update(remark="a migration wrote this")
    begin_digests_after_migrate(None)

    assert f"members.Member {one.pk}" not in found()
    assert found() == {f"members.Member {other.pk}"}


def test_migrate_without_a_migration_renews_nothing(east):
    member = MemberFactory(organization=east)
    Member.objects.update(remark="written by hand")

    note_before_migrate(None, plan=[])
    begin_digests_after_migrate(None)

    assert found() == {f"members.Member {member.pk}"}


def test_a_deleted_look_at_a_number_is_found(east):
    record_look(MemberFactory(organization=east), by=UserFactory())
    (key,) = AccessEntry.objects.values_list("pk", flat=True)

    with suspend_triggers(AccessEntry):
        AccessEntry.objects.all().delete()

    assert f"accounts.AccessEntry {key}" in found()


def test_an_entry_invented_before_the_sealer_came_is_found(east):
    entry = AuditEntry.objects.create(
        action="tests.forged", subject_type="x", subject_id="1", channel="page"
    )
    seal_entries()

    assert list(broken_chain()) == []
    assert f"accounts.AuditEntry {entry.pk}" in found()


def test_no_digest_can_be_used_again_for_an_older_state(unit):
    old = DigestEntry.objects.latest("pk")
    in_an_action(lambda: Unit.objects.filter(pk=unit.pk).update(address="甲"))
    Unit.objects.filter(pk=unit.pk).update(address="")
    copied = {"action": old.action, "rows": old.rows, "mac": old.mac}

    with pytest.raises(IntegrityError), transaction.atomic():
        DigestEntry.objects.create(at=old.at, **copied)
    DigestEntry.objects.create(**copied | {"mac": "0" * 64})

    assert f"organizations.Unit {unit.pk}" in found()
    assert any(line.startswith("digest entry") for line in find_rows_without_action())


@pytest.mark.postgres
def test_a_copy_of_an_older_digest_is_found_without_the_constraint_too(unit):
    old = DigestEntry.objects.latest("pk")
    in_an_action(lambda: Unit.objects.filter(pk=unit.pk).update(address="甲"))
    Unit.objects.filter(pk=unit.pk).update(address="")
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE accounts_digestentry DROP CONSTRAINT digestentry_mac"
        )
    copy = DigestEntry.objects.create(
        at=old.at, action=old.action, rows=old.rows, mac=old.mac
    )
    seal_entries()

    assert f"digest entry {copy.pk} repeats an earlier one" in found_lines()
    assert f"organizations.Unit {unit.pk}" in found()


def test_changed_rows_come_before_those_that_a_forged_digest_makes_look_inserted(unit):
    host = unit.host
    in_an_action(
        lambda: [Unit.objects.create(name=f"{n}厂", host=host) for n in range(30)]
    )
    forged = DigestEntry.objects.latest("pk")
    later = in_an_action(lambda: Unit.objects.create(name="后来的厂", host=host))
    with suspend_triggers(DigestEntry):
        DigestEntry.objects.filter(pk=forged.pk).update(mac="0" * 64)
    Unit.objects.filter(pk=later.pk).update(address="改过")

    lines = found_lines()

    assert lines[:2] == [
        f"digest entry {forged.pk} was changed or forged",
        f"organizations.Unit {later.pk}: changed without an action",
    ]
    assert len(lines) == 32


def test_a_value_that_cannot_be_decrypted_hides_no_swapped_one(branch):
    unreadable, swapped = (MemberFactory(organization=branch) for _n in range(2))
    column = Member._meta.get_field("id_number").column
    with connection.cursor() as cursor:
        update = f"UPDATE members_member SET {column} = %s WHERE id = %s"  # noqa: S608
        cursor.execute(update, ["1$首$不是密文", unreadable.pk])
    Member.objects.filter(pk=swapped.pk).update(id_number=identity_number(77))

    assert list(find_swapped_values()) == [
        f"members.Member {unreadable.pk}: id_number cannot be read",
        f"members.Member {swapped.pk}: id_number",
    ]


def recompute(keyed):
    """Rewrite every seal as somebody without the key can."""
    previous = ""
    for seal in Seal.objects.order_by("number"):
        entries = AuditEntry.objects.filter(seal_line__seal=seal).order_by("pk")
        digest = digest_of(previous, entries)
        Seal.objects.filter(pk=seal.pk).update(
            digest=digest, previous=previous, keyed=keyed
        )
        previous = digest


@pytest.mark.parametrize("keyed", [True, False])
def test_a_chain_recomputed_without_the_key_is_found(east, keyed):
    seal_entries()
    MemberFactory(organization=east)
    seal_entries()
    assert list(broken_chain()) == []

    with suspend_triggers(AuditEntry, Seal):
        AuditEntry.objects.filter(seal_line__seal__number=2).update(reason="another")
        recompute(keyed)

    assert list(broken_chain()) != []


def test_the_first_keyed_seal_covers_the_chain_of_before(east):
    with suspend_triggers(DigestEntry, Seal):
        DigestEntry.objects.all().delete()
    plain = Seal.objects.create(number=1, digest=digest_of("", []), entries=0)
    begin_digests()
    seal_entries()
    assert list(broken_chain()) == []

    with suspend_triggers(Seal):
        Seal.objects.filter(pk=plain.pk).update(digest="0" * 64)

    assert list(broken_chain()) != []
    assert found() == set()
