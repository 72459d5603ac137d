"""Who may open the pages of signing in, of the desk and of sign-in slips."""

from accounts.actions import (
    lock_sign_in,
    make_calendar_address,
    revoke_calendar_address,
)
from accounts.models import Notice, SlipConsent
from organizations.roles import Role
from tests.access_matrix.base import Access, answers
from tests.factories.accounts import holder


def notices(world):
    """A notice of one's own secretary, and one of the other street's staff."""
    own = Notice.objects.create(user=world.people["secretary"], text="有一项待办")
    other = world.people["staff_elsewhere"]
    foreign = Notice.objects.create(user=other, text="另有待办")
    return [own.pk], [foreign.pk]


def administrator(world):
    """The security administrator's account, for which a slip is to be printed."""
    return [world.people["security_admin"].pk], []


def consent(world):
    """A consent to a slip for one auditor that one system administrator asked for.

    Nobody of the table is one of the two: both of them would be refused.
    """
    asked_by, concerned = holder(Role.SYSTEM_ADMIN), holder(Role.AUDITOR)
    row = SlipConsent.objects.create(user=concerned, asked_by=asked_by)
    return [row.pk], []


def calendars(world):
    """The address of the secretary's dates, and one that was revoked."""
    revoked = make_calendar_address(world.people["officer"], by=world.people["officer"])
    revoke_calendar_address(world.people["officer"], by=world.people["officer"])
    own = make_calendar_address(world.people["secretary"], by=world.people["secretary"])
    return [own], [revoked]


def own_calendar(world):
    """Nothing is sent; everybody has an address to be closed."""
    for person in filter(None, world.people.values()):
        make_calendar_address(person, by=person)
    return {}


def locks(world):
    """A lock of the own secretary, and one of the other street's clerk."""
    rows = [
        lock_sign_in(world.people[name].username, "192.0.2.1")
        for name in ("secretary", "clerk_elsewhere")
    ]
    return [rows[0].pk], [rows[1].pk]


SIGNED_IN = answers({302: "nobody"}, otherwise=200)
AUDITORS = answers({200: "auditor", 302: "nobody"}, otherwise=403)
LOG_READERS = answers(
    {
        200: "staff staff_elsewhere system_admin security_admin auditor",
        302: "nobody",
    },
    otherwise=403,
)
#         nobody  unit clerk- staff  cash-  offi- system auditor
#           member secr. branch elsewhere ier   cer  security
ACCESS = {
    "accounts:home": Access("get", answers({}, otherwise=302)),
    "accounts:sign_in": Access("get", answers({200: "nobody"}, otherwise=302)),
    "accounts:sign_out": Access("post", answers({}, otherwise=302)),
    "accounts:activate": Access("get", answers({}, otherwise=200)),
    "accounts:password": Access("get", SIGNED_IN),
    "accounts:search": Access("get", SIGNED_IN),
    "accounts:slips": Access(
        "get",
        answers(
            {200: "staff staff_elsewhere system_admin", 302: "nobody"}, otherwise=403
        ),
    ),
    "accounts:consents": Access(
        "get",
        answers(
            {200: "system_admin security_admin auditor", 302: "nobody"}, otherwise=403
        ),
    ),
    "accounts:ask_consent": Access(
        "post",
        answers({302: "nobody system_admin"}, otherwise=404),
        args=administrator,
    ),
    "accounts:agree_to_slip": Access(
        "post",
        answers({302: "nobody system_admin security_admin auditor"}, otherwise=404),
        args=consent,
    ),
    "accounts:locks": Access(
        "get",
        answers(
            {200: "staff staff_elsewhere system_admin", 302: "nobody"}, otherwise=403
        ),
    ),
    "accounts:lift_lock": Access(
        "post",
        answers({302: "nobody staff system_admin"}, otherwise=404),
        answers({302: "nobody staff_elsewhere system_admin"}, otherwise=404),
        args=locks,
    ),
    "accounts:desk": Access("get", SIGNED_IN),
    "accounts:access_log": Access("get", LOG_READERS),
    "accounts:change_log": Access("get", LOG_READERS),
    "accounts:proof": Access("get", AUDITORS),
    "accounts:proof_paper": Access("get", AUDITORS),
    "accounts:calendar": Access("get", SIGNED_IN),
    "accounts:revoke_calendar": Access(
        "post", answers({}, otherwise=302), data=own_calendar
    ),
    # Whoever has the address reads it without signing in; a revoked one opens nothing.
    "accounts:calendar_feed": Access(
        "get", answers({}, otherwise=200), answers({}, otherwise=404), args=calendars
    ),
    "accounts:notices": Access("get", SIGNED_IN),
    "accounts:read_notices": Access("post", answers({}, otherwise=302)),
    "accounts:read_notice": Access(
        "post",
        answers({302: "nobody secretary"}, otherwise=404),
        answers({302: "nobody staff_elsewhere"}, otherwise=404),
        args=notices,
    ),
}
