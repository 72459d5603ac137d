"""What each of the three administrators may do, and what none of them may.

Every line is one page or form, tried by all three and by the street's staff. The rights
are sent really: a form with what it needs, so that a 302 is a write that was done.
"""

import pytest
from django.db import transaction
from django.urls import reverse

from accounts.models import AuditEntry, SlipConsent, User
from core.months import today
from organizations.models import CodeItem, Threshold
from organizations.roles import Role
from tests.access_matrix import accounts, exchange
from tests.changes import watched
from tests.factories.accounts import UserFactory, holder
from tests.html import read
from tests.test_access_matrix import only_looked, signed_in

ADMINISTRATORS = ("system_admin", "security_admin", "auditor")
Y, N = True, False


def admin_form(client, name, *args, **values):
    """Send a form of the admin as its page shows it; nothing if the page is closed."""
    address = reverse(f"admin:{name}", args=args)
    page = client.get(address)
    if page.status_code != 200:
        return page
    shown = read(page).form_to(address)
    sent = shown.sent(**values) if shown is not None else {"display_name": "改名"}
    return client.post(address, sent)


def press(name, args=lambda _world: ([], []), **data):
    """Return what posts data to an address of the access matrix."""
    return lambda client, world: client.post(
        reverse(name, args=args(world)[0]), data or None
    )


def look(name, args=lambda _world: ([], [])):
    """Return what opens an address of the access matrix."""
    return lambda client, world: client.get(reverse(name, args=args(world)[0]))


def of_member(name):
    return look(name, lambda world: ([world.member.pk], []))


def assign(client, world):
    """Make somebody a clerk of the community."""
    return admin_form(
        client,
        "accounts_roleassignment_add",
        user=UserFactory().pk,
        role=Role.CLERK,
        organization=world.community.pk,
        starts_on=today(),
    )


def assign_to_oneself(client, world):
    """Try to make oneself a clerk of the community."""
    own = client.session["_auth_user_id"]
    return admin_form(
        client,
        "accounts_roleassignment_add",
        user=own,
        role=Role.CLERK,
        organization=world.community.pk,
        starts_on=today(),
    )


def end_role(client, world):
    role = world.people["secretary"].role_assignments.get()
    address = reverse("admin:accounts_roleassignment_end", args=[role.pk])
    return client.post(address, {"reason": "调离", "on": f"{today()}"})


def create_account(client, world):
    return admin_form(
        client, "accounts_user_add", username="xinren", display_name="新人"
    )


def close_account(client, world):
    officer = world.people["officer"]
    return admin_form(client, "accounts_user_change", officer.pk, is_active=None)


def print_slip(client, world):
    account = world.people["officer"].pk
    return client.post(reverse("admin:accounts_user_slip", args=[account]))


def change_audit(client, world):
    """Send the page of an entry of the audit log with other words."""
    entry = AuditEntry.objects.first()
    address = reverse("admin:accounts_auditentry_change", args=[entry.pk])
    return client.post(address, {"reason": "改过", "actor_name": "别人"})


def delete_audit(client, world):
    entry = AuditEntry.objects.first()
    return client.post(f"/admin/accounts/auditentry/{entry.pk}/delete/", {"post": "1"})


def agree(client, world):
    """Agree to a slip that another administrator asked for, for a third one."""
    return _agree(client, user=holder(Role.AUDITOR), asked_by=holder(Role.SYSTEM_ADMIN))


def agree_to_own_wish(client, world):
    """Try to agree to a slip that one asked for oneself."""
    return _agree(client, user=holder(Role.AUDITOR), asked_by=_signed_in(client))


def agree_to_own_slip(client, world):
    """Try to agree to a slip for one's own account."""
    return _agree(client, user=_signed_in(client), asked_by=holder(Role.SYSTEM_ADMIN))


def _signed_in(client):
    return User.objects.get(pk=client.session["_auth_user_id"])


def _agree(client, **values):
    row = SlipConsent.objects.create(**values)
    return client.post(reverse("accounts:agree_to_slip", args=[row.pk]))


def change_threshold(client, world):
    one = Threshold.objects.first()
    values = {"key": one.key, "value": "3", "starts_on": "2027-01-01", "basis": "通知"}
    return admin_form(client, "organizations_threshold_add", **values)


def change_code(client, world):
    item = CodeItem.objects.first()
    return admin_form(client, "organizations_codeitem_change", item.pk, label="新标签")


# What is done: (system, security, audit)
MATRIX = {
    "create an account": (create_account, (Y, N, N)),
    "close an account": (close_account, (Y, N, N)),
    "print a slip for an office account": (print_slip, (Y, N, N)),
    "lift a lock": (press("accounts:lift_lock", accounts.locks), (Y, N, N)),
    "change a threshold": (change_threshold, (Y, N, N)),
    "change a code list": (change_code, (Y, N, N)),
    "see what runs": (look("exchange:running"), (Y, N, N)),
    "confirm a jump of the clock": (
        press("exchange:confirm_today", exchange.doubted_day),
        (Y, N, N),
    ),
    "assign a role": (assign, (N, Y, N)),
    "end a role": (end_role, (N, Y, N)),
    "agree to another's slip": (agree, (Y, Y, Y)),
    "agree to what one asked for": (agree_to_own_wish, (N, N, N)),
    "agree to one's own slip": (agree_to_own_slip, (N, N, N)),
    "take a role oneself": (assign_to_oneself, (N, N, N)),
    "read whether the log is whole": (look("accounts:proof"), (N, N, Y)),
    "print the head of the log": (look("accounts:proof_paper"), (N, N, Y)),
    "list the seals": (look("admin:accounts_seal_changelist"), (N, N, Y)),
    "read the log of changes": (look("accounts:change_log"), (Y, Y, Y)),
    "read the log of accesses": (look("accounts:access_log"), (Y, Y, Y)),
    "change the audit log": (change_audit, (N, N, N)),
    "delete from the audit log": (delete_audit, (N, N, N)),
    "list members": (look("members:list"), (N, N, N)),
    "read a member": (of_member("members:detail"), (N, N, N)),
    "unmask a number": (of_member("members:unmask"), (N, N, N)),
    "admit a member": (look("members:admit"), (N, N, N)),
    "list members in the admin": (look("admin:members_member_changelist"), (N, N, N)),
    "bring a sheet in": (look("exchange:upload"), (N, N, N)),
    "record a meeting": (look("communities:record"), (N, N, N)),
    "open a round of returns": (look("reports:open_round"), (N, N, N)),
}
DONE = {"print a slip for an office account"}
"""Forms that answer with a page when they are done."""


def is_done(name, try_it, client, world):
    """Whether the person gets the page, or the write is done; nothing of it stays."""
    with transaction.atomic():
        with watched() as changes:
            answer = try_it(client, world)
            wrote = bool(only_looked(changes))
        transaction.set_rollback(True)
    asked = answer.wsgi_request.method
    if asked == "GET":
        return answer.status_code == 200
    return wrote and answer.status_code == (200 if name in DONE else 302)


@pytest.mark.parametrize("name", MATRIX)
def test_each_administrator_may_do_their_own_part_alone(name, world):
    try_it, expected = MATRIX[name]

    done = tuple(
        is_done(name, try_it, signed_in(world.people[person]), world)
        for person in ADMINISTRATORS
    )

    assert done == expected


def test_no_administrator_may_do_all_and_each_may_do_something():
    rights = list(zip(*(rights for _try, rights in MATRIX.values()), strict=True))

    assert [any(own) and not all(own) for own in rights] == [True, True, True]
    assert len(MATRIX) >= 15
