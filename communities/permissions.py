"""Who may do what with meetings."""

from communities.models import Meeting
from core.duties import MEETING_KEEPERS, READERS, scope_of
from organizations.models import Organization


def can_look(user: object) -> bool:
    """Meeting keepers and city officers look at the meetings of their area."""
    return scope_of(user).holds(READERS)


def can_record(user: object) -> bool:
    """Meeting keepers record meetings: branch secretaries for their branch."""
    return scope_of(user).holds(MEETING_KEEPERS)


def can_record_for(user: object, organization: Organization) -> bool:
    """Whether the reader keeps the meetings of this organization."""
    return scope_of(user).reaches(organization.path, MEETING_KEEPERS)


def can_read_names(user: object, meeting: Meeting) -> bool:
    """Who may see members reads who attended; city officers see how many."""
    return scope_of(user).reaches(meeting.organization.path, MEETING_KEEPERS)


def can_change(user: object, meeting: Meeting) -> bool:
    """Meeting keepers correct and withdraw what was recorded in their area."""
    return Meeting.objects.managed_by(user).filter(pk=meeting.pk).exists()
