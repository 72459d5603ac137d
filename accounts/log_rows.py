"""Log entries in words, the same on the page and in the workbook."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext

from accounts.models import AccessEntry, AuditEntry, RoleAssignment, User
from accounts.models.audit import Entry
from core.actors import Actor, scope_of
from core.audit.presentation import (
    PresentedChange,
    action_label,
    channel_label,
    present_changes,
    present_details,
    subject_label,
)
from organizations.roles import Role

ABOUT_PEOPLE = frozenset(
    {"accounts", "cases", "members", "communities", "volunteering"}
)
IMPERSONAL = frozenset(
    {
        *("cases.CaseKind", "communities.Meeting", "communities.Project"),
        *("volunteering.Post", "volunteering.Shift"),
    }
)
"""Kinds of record of these apps whose names are never those of people.

What they hold may name people all the same: a meeting's chair, a shift's contact.
"""


def is_about_people(subject_type: str) -> bool:
    """Whether the name of such a subject may be the name of a person."""
    app = subject_type.partition(".")[0]
    return app in ABOUT_PEOPLE and subject_type not in IMPERSONAL


@dataclass(frozen=True)
class LogReader:
    """Who reads a log, and whether they named the person whom they ask about."""

    user: Actor
    asks_for_name: bool = False

    def may_read_name(self, entry: Entry) -> bool:
        """Whether the reader may read the name of an entry's subject.

        The auditor may ask what was done to a person they can name, but does not learn
        from the log who is a member. Who keeps the records or runs the system is no
        secret to them: their accounts and roles are what they audit.
        """
        return (
            self.asks_for_name
            or not is_about_people(entry.subject_type)
            or entry.actor_id == self.user.pk
            or (entry.subject_type, entry.subject_id) in self._of_the_office
            or self._keeps_members
        )

    def may_read_values(self, entry: Entry) -> bool:
        """Whether the reader may read every value; if not, those naming people hide."""
        names_members = entry.subject_type in IMPERSONAL
        is_own = entry.actor_id == self.user.pk
        return self.may_read_name(entry) and (
            not names_members or self._keeps_members or is_own
        )

    @cached_property
    def _keeps_members(self) -> bool:
        return scope_of(self.user).has_role({Role.STREET_STAFF})

    @cached_property
    def _of_the_office(self) -> frozenset[tuple[str, str]]:
        """The accounts and role assignments of people with more than a member's role.

        Ended and voided ones too: the log tells of them as well.
        """
        held = RoleAssignment.all_objects.exclude(role=Role.MEMBER)
        pairs = list(held.values_list("pk", "user"))
        roles = {(RoleAssignment._meta.label, str(pk)) for pk, _user in pairs}
        return frozenset(roles | {(User._meta.label, str(u)) for _pk, u in pairs})


def describe_subject(entry: Entry, reader: LogReader) -> str:
    """Return the kind of an entry's subject, its name where it may be read, its key.

    The key tells two of one name apart; it stands apart from the name, which may end in
    a number or a month.
    """
    may_read = reader.may_read_name(entry) or not entry.subject_name
    name = entry.subject_name if may_read else gettext("(name not shown)")
    subject = " ".join(filter(None, [subject_label(entry.subject_type), name]))
    return name_with_key(subject, entry.subject_id)


def name_with_key(subject: str, key: str) -> str:
    """Return a subject with its key, which is no number that a paper bears."""
    if not key:
        return subject
    return gettext("%(subject)s (record %(key)s)") % {"subject": subject, "key": key}


def describe_action(entry: Entry) -> str:
    """Return what was done, and for an access which data were disclosed."""
    details = (
        present_details(entry.subject_type, entry.details)
        if isinstance(entry, AccessEntry)
        else ""
    )
    label = action_label(entry.action)
    if not details:
        return label
    return gettext("%(action)s (%(details)s)") % {"action": label, "details": details}


def describe_changes(
    entry: AuditEntry, *, hides_people: bool = False
) -> list[PresentedChange]:
    """Return what an entry changed, column by column; `hides_people` for some readers.

    Who may not know whom an entry is about still reads what was changed.
    """
    is_personal = is_about_people if hides_people else None
    return present_changes(
        entry.subject_type, entry.before, entry.after, is_personal=is_personal
    )


def describe_origin(entry: Entry) -> str:
    """Return through which channel an action came, and from which address."""
    return " ".join(
        part for part in (channel_label(entry.channel), entry.address) if part
    )
