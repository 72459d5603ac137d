"""Sign-in slips: who gets in by one, and who prints one for which people."""

import datetime as dt
import hashlib
import re

import pytest
import time_machine
from django.contrib.auth import SESSION_KEY
from django.urls import reverse

from accounts.actions import admit_by_slip, assign_role, issue_slip, issue_slips
from accounts.errors import SlipNotGood
from accounts.models import AuditEntry, SignInSlip, User
from accounts.permissions import accounts_for_slips
from accounts.proofs import find_rows_without_action
from core.months import today
from members.permissions import members_to_issue_slips
from organizations.roles import Role
from tests.factories.accounts import UserFactory, holder
from tests.factories.members import MemberFactory, account_of
from tests.factories.organizations import UnitFactory

NEW = "tall-green-lantern-7"
NOON = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def member(branch):
    return MemberFactory(name="李明", organization=branch)


@pytest.fixture
def slip_code(member):
    return issue_slip(account_of(member), by=None)[1]


def activation(slip_code, member, **changes):
    return {
        "code": slip_code,
        "name": member.name,
        "proof": member.id_number[-4:],
        "password1": NEW,
        **changes,
    }


def test_a_member_gets_in_with_slip_name_and_last_four(client, member, slip_code):
    answer = client.post(reverse("accounts:activate"), activation(slip_code, member))

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(account_of(member).pk)
    assert account_of(member).check_password(NEW)


def test_the_welcome_says_what_to_sign_in_with_next_time(client, member, slip_code):
    sent = activation(slip_code, member)

    page = client.post(reverse("accounts:activate"), sent, follow=True)

    user = account_of(member)
    said = "手机号码或用户名" if user.phone_index else "请用用户名"
    assert f"{said} {user.username}" in page.content.decode()


def test_an_account_without_member_gets_in_with_its_username(db):
    user = UserFactory(username="zhaomin", display_name="赵敏")
    _slip, code = issue_slip(user, by=None)

    opened = admit_by_slip(code, name="赵 敏", proof="ZhaoMin", password=NEW)

    assert opened == user


@pytest.mark.parametrize("name", ["", "赵民", "zhaomin"])
def test_an_account_without_member_is_not_opened_under_another_name(db, name):
    user = UserFactory(username="zhaomin", display_name="赵敏")
    slip, code = issue_slip(user, by=None)

    with pytest.raises(SlipNotGood):
        admit_by_slip(code, name=name, proof="zhaomin", password=NEW)

    slip.refresh_from_db()
    assert (slip.tries, slip.used_at) == (1, None)


def test_the_code_may_be_copied_in_groups_and_small_letters(member, slip_code):
    written = " ".join(re.findall("....", slip_code)).lower()

    user = admit_by_slip(
        written, name=member.name, proof=member.id_number[-4:], password=NEW
    )

    assert user == account_of(member)


@pytest.mark.parametrize(
    "typed", ["阿依努尔.麦麦提", "阿依努尔 麦麦提", "阿依努尔•麦麦提"]
)
def test_the_dot_of_a_name_may_be_typed_as_the_keyboard_has_it(branch, typed):
    member = MemberFactory(name="阿依努尔·麦麦提", organization=branch)
    _slip, code = issue_slip(account_of(member), by=None)

    user = admit_by_slip(code, name=typed, proof=member.id_number[-4:], password=NEW)

    assert user == account_of(member)


@pytest.mark.parametrize(
    "wrong", [{"name": "王明"}, {"proof": "0000"}, {"code": "AAAA BBBB CCCC"}]
)
def test_wrong_particulars_do_not_open(client, member, slip_code, wrong):
    sent = activation(slip_code, member, **wrong)

    answer = client.post(reverse("accounts:activate"), sent)

    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors() == [str(SlipNotGood())]
    assert "_auth_user_id" not in client.session


def test_a_slip_opens_once(member, slip_code):
    proof = {"name": member.name, "proof": member.id_number[-4:], "password": NEW}
    admit_by_slip(slip_code, **proof)

    with pytest.raises(SlipNotGood):
        admit_by_slip(slip_code, **proof)


def test_a_slip_is_good_for_72_hours(member):
    proof = {"name": member.name, "proof": member.id_number[-4:], "password": NEW}
    with time_machine.travel(NOON, tick=False) as clock:
        _slip, code = issue_slip(account_of(member), by=None)
        clock.shift(dt.timedelta(hours=72))

        with pytest.raises(SlipNotGood):
            admit_by_slip(code, **proof)
        clock.shift(dt.timedelta(seconds=-1))
        assert admit_by_slip(code, **proof) == account_of(member)


def test_five_wrong_tries_make_a_slip_worthless(client, member, slip_code):
    for guess in range(5):
        sent = activation(slip_code, member, proof=f"{guess:04}")
        client.post(reverse("accounts:activate"), sent)

    client.post(reverse("accounts:activate"), activation(slip_code, member))

    assert "_auth_user_id" not in client.session
    assert SignInSlip.objects.get().tries == 5


def test_a_new_slip_makes_the_earlier_one_worthless(member, slip_code):
    issue_slip(account_of(member), by=None)

    with pytest.raises(SlipNotGood):
        admit_by_slip(
            slip_code, name=member.name, proof=member.id_number[-4:], password=NEW
        )


@pytest.mark.parametrize("bad", ["short-1", "123456789012345", "password123456"])
def test_the_first_password_obeys_the_rules(client, member, slip_code, bad):
    sent = activation(slip_code, member, password1=bad)

    answer = client.post(reverse("accounts:activate"), sent)

    assert list(answer.context["form"].errors) == ["password1"]
    assert SignInSlip.objects.get().used_at is None


def test_the_code_is_kept_as_a_digest_alone(member, slip_code):
    slip = SignInSlip.objects.get()
    audit = str(list(AuditEntry.objects.values_list()))

    assert slip_code not in f"{slip.digest}{slip}{audit}"


def test_many_slips_leave_one_audit_entry_each(db):
    users = UserFactory.create_batch(3)
    before = AuditEntry.objects.count()

    issued = issue_slips(users, by=None)

    assert len({code for _slip, code in issued}) == 3
    assert AuditEntry.objects.count() - before == 3


def test_the_street_prints_for_its_own_people(staff, east, secretary, stranger):
    clerk = holder(Role.CLERK, east)
    liaison = holder(Role.LIAISON, unit=UnitFactory(host=east))

    offered = set(accounts_for_slips(staff))

    assert offered == {secretary, clerk, liaison}


def test_a_slip_never_reaches_further_than_who_prints_it(staff, secretary, city):
    assign_role(secretary, Role.CITY_OFFICER, by=None, organization=city)

    assert secretary not in accounts_for_slips(staff)


def test_nor_further_than_its_account_is_to_reach_later(staff, secretary, member, city):
    tomorrow = today() + dt.timedelta(days=1)
    later = {"by": None, "organization": city, "starts_on": tomorrow}
    assign_role(secretary, Role.CITY_OFFICER, **later)
    assign_role(account_of(member), Role.AUDITOR, by=None, starts_on=tomorrow)

    assert secretary not in accounts_for_slips(staff)
    assert member not in members_to_issue_slips(secretary)


def test_nobody_prints_a_slip_for_themselves(db):
    admin = holder(Role.SYSTEM_ADMIN)

    assert admin not in accounts_for_slips(admin)


def test_the_system_administrator_prints_for_the_office_not_for_members(
    staff, member, slip_code
):
    admin = holder(Role.SYSTEM_ADMIN)

    assert list(accounts_for_slips(admin)) == [staff]


def test_the_sheet_is_shown_once(client, staff, secretary):
    client.force_login(staff, backend="accounts.backends.UsernameOrPhone")
    sent = {"chosen": [secretary.pk], "idempotency_key": "k1"}

    first = client.post(reverse("accounts:slips"), sent)
    second = client.post(reverse("accounts:slips"), sent)

    assert first.context["slips"][0].name == str(secretary)
    assert first.headers["Cache-Control"].endswith("no-store, must-revalidate, private")
    assert second.status_code == 302
    assert SignInSlip.objects.count() == 1


def test_a_slip_for_somebody_else_is_refused(client, staff, stranger):
    client.force_login(staff, backend="accounts.backends.UsernameOrPhone")

    client.post(reverse("accounts:slips"), {"chosen": [stranger.pk]})

    assert SignInSlip.objects.count() == 0


def test_a_slip_does_not_open_a_closed_account(client, member, slip_code):
    User.objects.filter(member=member).update(is_active=False)

    client.post(reverse("accounts:activate"), activation(slip_code, member))

    assert SESSION_KEY not in client.session
    assert User.objects.get(member=member).has_usable_password() is False


def test_nobody_makes_up_a_slip_without_the_key(member):
    issue_slip(account_of(member), by=None)
    made_up = hashlib.sha256(b"ATTACKERSL22").hexdigest()
    SignInSlip.objects.update(digest=made_up)

    with pytest.raises(SlipNotGood):
        admit_by_slip(
            "ATTACKERSL22",
            name=member.name,
            proof=str(member.id_number)[-4:],
            password=NEW,
        )


def test_a_slip_that_no_action_printed_or_turned_to_another_account_is_found(member):
    slip, _code = issue_slip(account_of(member), by=None)
    assert list(find_rows_without_action()) == []

    SignInSlip.objects.filter(pk=slip.pk).update(user=UserFactory())

    assert list(find_rows_without_action()) == [
        f"accounts.SignInSlip {slip.pk}: changed without an action"
    ]


def test_using_a_slip_and_trying_wrong_particulars_are_no_changes_past_the_actions(
    client, member, slip_code
):
    client.post("/activate/", activation(slip_code, member, name="别人"))
    client.post("/activate/", activation(slip_code, member))

    assert SignInSlip.objects.get().used_at
    assert list(find_rows_without_action()) == []
