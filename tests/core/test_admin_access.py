"""The admin's addresses × everyone who may sign in to it, and everyone else.

The letters follow from the rules: for each kind of record, who may open the list, who
may add, and who may change and end a row of their own street.
"""

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.models import AccessEntry, AuditEntry, Seal
from core import audit
from members.actions import check_in, record_mobile
from members.enums import MobileKind
from organizations.actions import close_month, set_workday
from organizations.models import CodeItem, Threshold
from tests.access_matrix.base import CANARY
from tests.factories.communities import MeetingFactory
from tests.factories.members import DevelopmentFactory, ProbationDecisionFactory
from tests.factories.organizations import BranchFactory
from tests.factories.volunteering import ServiceRecordFactory
from tests.html import shows_rule_number

# f staff, F staff elsewhere, s system, y security, a auditor
PEOPLE = {
    "f": "staff",
    "F": "staff_elsewhere",
    "s": "system_admin",
    "y": "security_admin",
    "a": "auditor",
}
OUTSIDE = (
    "member",
    "liaison",
    "secretary",
    "clerk_elsewhere",
    "branch_secretary",
    "accountant",
    "cashier",
    "officer",
)
# kind: (list, add, look at the own street's row, change it, end it)
KINDS = {
    "accounts.user": ("fFsya", "s", "fsya", "s", ""),
    "accounts.roleassignment": ("fFsya", "fFy", "fsya", "", "fy"),
    "accounts.auditentry": ("fFsya", "", "fa", "", ""),
    "accounts.accessentry": ("fFsya", "", "fa", "", ""),
    "accounts.seal": ("a", "", "a", "", ""),
    "organizations.organization": ("fFsya", "fF", "fsya", "f", "f"),
    "organizations.unit": ("fF", "fF", "f", "f", "f"),
    "organizations.monthstate": ("fF", "", "f", "", ""),
    "organizations.codeitem": ("fFsya", "s", "fFsya", "s", ""),
    "organizations.threshold": ("fFsya", "s", "fFsya", "", ""),
    "organizations.workdayoverride": ("fFsya", "s", "fFsya", "s", ""),
    "members.member": ("fF", "fF", "f", "f", "f"),
    "members.affiliation": ("fF", "", "f", "", ""),
    "members.checkin": ("fF", "", "f", "", ""),
    "members.mobilerecord": ("fF", "", "f", "", ""),
    "members.development": ("fF", "", "f", "", ""),
    "members.probationdecision": ("fF", "", "f", "", ""),
}
ROW_PAGES = ("change", "history")
OURS = {"accounts", "members", "organizations"}


def rows_of(world):
    """One row of the own street for each kind of record."""
    secretary = world.people["secretary"]
    organization = world.community
    event = audit.AuditEvent(
        world.unit, organization.pk, action="organizations.close_month"
    )
    audit.record_many([event], by=None)
    entry = AuditEntry.objects.get(action="organizations.close_month")
    AccessEntry.objects.create(
        action="members.record_look",
        subject_id="1",
        channel="page",
        organization=organization,
    )
    branch = BranchFactory(parent=organization)
    return {
        "accounts.user": secretary,
        "accounts.roleassignment": secretary.role_assignments.get(),
        "accounts.auditentry": entry,
        "accounts.accessentry": AccessEntry.objects.get(),
        "accounts.seal": Seal.objects.create(number=1, digest="0" * 64, entries=0),
        "organizations.organization": world.community,
        "organizations.unit": world.unit,
        "organizations.monthstate": close_month(
            world.community, world.member.affiliations.get().start_month, by=None
        ),
        "organizations.codeitem": CodeItem.objects.first(),
        "organizations.threshold": Threshold.objects.first(),
        "organizations.workdayoverride": set_workday(
            day=world.member.birth_date, works=True, by=None
        ),
        "members.member": world.member,
        "members.affiliation": world.member.affiliations.get(),
        "members.checkin": check_in(world.member, world.community, by=None),
        "members.mobilerecord": record_mobile(
            world.member, kind=MobileKind.WORKING_AWAY, by=None
        ),
        "members.development": DevelopmentFactory(organization=branch),
        "members.probationdecision": ProbationDecisionFactory(
            member__organization=branch
        ),
    }


def test_every_kind_of_record_has_its_line():
    registered = {
        model._meta.label_lower
        for model in admin.site._registry
        if model._meta.app_label in OURS
    }

    assert registered == set(KINDS)


def test_stock_groups_and_tables_of_libraries_are_not_registered():
    foreign = {
        model._meta.app_label
        for model in admin.site._registry
        if model._meta.app_label in {"auth", "axes", "sessions", "contenttypes"}
    }

    assert foreign == set()


def status_of(page):
    """Return the status of a page, or that it shows the number of a rule."""
    return "shows a rule number" if shows_rule_number(page) else page.status_code


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_only_the_listed_people_have_access(client, world, kind):
    row = rows_of(world)[kind]
    looks, adds, sees, changes, ends = KINDS[kind]
    name = kind.replace(".", "_")
    wrong = []
    for letter, person in PEOPLE.items():
        client.force_login(world.people[person], "accounts.backends.UsernameOrPhone")

        def page(verb, *args):
            return client.get(reverse(f"admin:{name}_{verb}", args=args))

        def answer(verb, *args):
            return status_of(page(verb, *args))

        may_look = letter in looks
        unseen = 404 if may_look else 403
        change = page("change", row.pk)
        tries = {
            "changelist": (answer("changelist"), 200 if may_look else 403),
            "add": (answer("add"), 200 if letter in adds else 403),
            "change": (status_of(change), 200 if letter in sees else unseen),
            "history": (answer("history", row.pk), 200 if letter in sees else unseen),
        }
        if ends:
            expected = 200 if letter in ends else 403
            expected = expected if letter in sees else unseen
            tries["end"] = (answer("end", row.pk), expected)
        if change.status_code == 200:
            tries["save"] = (change.context["has_change_permission"], letter in changes)
        wrong += [f"{person}: {verb} {t}" for verb, t in tries.items() if t[0] != t[1]]

    assert wrong == []


def test_a_form_sent_without_permission_changes_nothing(client, world):
    rows, answers = rows_of(world), set()
    before = AuditEntry.objects.count()

    for letter, person in PEOPLE.items():
        client.force_login(world.people[person], "accounts.backends.UsernameOrPhone")
        for kind, row in rows.items():
            url = reverse(f"admin:{kind.replace('.', '_')}_change", args=[row.pk])
            if letter not in KINDS[kind][3]:
                answers.add(client.post(url, {"name": ""}).status_code)

    assert answers == {403, 404}
    assert AuditEntry.objects.count() == before


def test_the_admin_is_closed_to_everybody_else(client, world):
    addresses = ["/admin/", "/admin/autocomplete/", "/admin/jsi18n/"]
    addresses += [reverse(f"admin:{k.replace('.', '_')}_changelist") for k in KINDS]
    answers = set()

    for person in OUTSIDE:
        client.force_login(world.people[person], "accounts.backends.UsernameOrPhone")
        answers |= {client.get(url).status_code for url in addresses}

    assert answers == {403}


def test_strangers_are_asked_to_sign_in(client, db):
    answer = client.get("/admin/members/member/")

    assert answer.headers["Location"].startswith("/sign-in/?next=/admin/")


def test_no_page_of_the_street_names_the_other(client, world):
    client.force_login(world.people["staff"], "accounts.backends.UsernameOrPhone")
    pages = ["/admin/"]
    for kind, row in rows_of(world).items():
        name = kind.replace(".", "_")
        pages += [reverse(f"admin:{name}_{v}", args=[row.pk]) for v in ROW_PAGES]
        pages.append(reverse(f"admin:{name}_changelist"))

    assert [url for url in pages if CANARY in client.get(url).content.decode()] == []


@pytest.mark.parametrize("person", ["system_admin", "security_admin", "auditor"])
def test_administrators_see_no_member_data(client, world, person):
    rows_of(world)
    client.force_login(world.people[person], "accounts.backends.UsernameOrPhone")
    personal_data = {
        world.member.name,
        world.other_member.name,
        world.member.id_number[-4:],
    }
    entries = AuditEntry.objects.filter(subject_type="members.Member")
    pages = [reverse(f"admin:{k.replace('.', '_')}_changelist") for k in KINDS]
    pages += [reverse("admin:accounts_auditentry_change", args=[e.pk]) for e in entries]
    pages += [f"{url}?q={world.member.name[0]}" for url in pages[: len(KINDS)]]

    seen = {
        (url, word)
        for url in pages
        for word in personal_data
        if word in client.get(url).content.decode()
    }

    assert seen == set()


def test_the_auditor_does_not_see_whom_an_entry_is_about(client, world):
    ServiceRecordFactory(claim__member=world.member, confirmed=True)
    MeetingFactory(organization=world.branch, chair=world.member)
    client.force_login(world.people["auditor"], "accounts.backends.UsernameOrPhone")
    entries = AuditEntry.objects.exclude(actor=world.people["member"])
    urls = [
        (e.action, reverse("admin:accounts_auditentry_change", args=[e.pk]))
        for e in entries
    ]

    assert {"volunteering.claim_shift", "communities.record_meeting"} < {
        name for name, _url in urls
    }
    assert {
        name for name, url in urls if names_member(client, url, world.member)
    } == set()


def names_member(client, url, member):
    """Whether a page names a member."""
    return member.name in client.get(url).content.decode()


def test_a_system_administrator_cannot_raise_anybody(client, world):
    admin_person = world.people["system_admin"]
    client.force_login(admin_person, "accounts.backends.UsernameOrPhone")
    url = reverse("admin:accounts_user_change", args=[world.people["staff"].pk])
    form = client.get(url).context["adminform"].form
    sent = {b.html_name: b.value() or "" for b in form}

    client.post(
        url,
        {
            **sent,
            "display_name": "改名",
            "is_superuser": "on",
            "is_staff": "on",
            "password": "x",
            "username": "root",
            "is_demo": "on",
        },
    )

    staff = world.people["staff"]
    old = (staff.username, staff.password, staff.is_demo)
    staff.refresh_from_db()
    assert staff.display_name == "改名"
    assert (staff.username, staff.password, staff.is_demo) == old
    add = reverse("admin:accounts_roleassignment_add")
    assert client.get(add).status_code == 403
