"""Log entries in words, the same on the page and in the workbook."""

from dataclasses import dataclass

from django.utils.translation import gettext

from accounts.models import AccessEntry
from accounts.models.audit import Entry
from core.actors import Actor, scope_of
from core.audit.presentation import (
    action_label,
    channel_label,
    present_details,
    subject_label,
)
from organizations.roles import Role

ABOUT_PEOPLE = frozenset({"accounts", "members", "communities", "volunteering"})


def is_about_people(subject_type: str) -> bool:
    """Whether the name of such a subject may be the name of a person."""
    return subject_type.partition(".")[0] in ABOUT_PEOPLE


@dataclass(frozen=True, slots=True)
class LogReader:
    """Who reads a log, and whether they named the person whom they ask about."""

    user: Actor
    asks_for_name: bool = False

    def may_read_name(self, entry: Entry) -> bool:
        """Whether the reader may read the name of an entry's subject.

        The auditor may ask what was done to a person they can name, but does not learn
        from the log who is a member.
        """
        return (
            self.asks_for_name
            or not is_about_people(entry.subject_type)
            or entry.actor_id == self.user.pk
            or scope_of(self.user).has_role({Role.STREET_STAFF})
        )


def describe_subject(entry: Entry, reader: LogReader) -> str:
    """Return the kind of an entry's subject, its name where it may be read, its key.

    The key tells two of one name apart; it stands apart from the name, which may end in
    a number or a month.
    """
    name = entry.subject_name if reader.may_read_name(entry) else ""
    subject = " ".join(filter(None, [subject_label(entry.subject_type), name]))
    if not entry.subject_id:
        return subject
    return gettext("%(subject)s (no. %(key)s)") % {
        "subject": subject,
        "key": entry.subject_id,
    }


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


def describe_origin(entry: Entry) -> str:
    """Return through which channel an action came, and from which address."""
    return " ".join(
        part for part in (channel_label(entry.channel), entry.address) if part
    )
