"""Choices of meetings and projects of Party organizations."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MeetingKind(TextChoices):
    """The forms of organization life (三会一课, theme days and others)."""

    MEMBERS = "members_meeting", _("Members' meeting")
    COMMITTEE = "committee_meeting", _("Branch committee meeting")
    GROUP = "group_meeting", _("Party group meeting")
    LESSON = "party_lesson", _("Party lesson")
    THEME_DAY = "theme_party_day", _("Theme Party day")
    ORGANIZATION_LIFE = "organization_life_meeting", _("Organization life meeting")


K = MeetingKind
CALLING_SOME = (K.COMMITTEE, K.GROUP)
DECIDING = (K.MEMBERS, K.COMMITTEE, K.GROUP, K.ORGANIZATION_LIFE)


class Presence(TextChoices):
    """The presence of a member on the attendance list."""

    PRESENT = "present", _("Present")
    ABSENT = "absent", _("Absent")
    GUEST = "guest", _("Attending without vote")


class AbsenceReason(TextChoices):
    """Why a member did not come."""

    WORK = "work", _("At work")
    AWAY = "away", _("Out of town")
    ILLNESS = "illness", _("Ill")
    FRAILTY = "frailty", _("Old and frail")
    FAMILY = "family", _("Family matters")
    NONE_GIVEN = "none_given", _("No reason given")


class ProjectTag(TextChoices):
    """In which of the five ways community and units work together (S2-36)."""

    DELIBERATION = "deliberation", _("Deliberating together")
    RESOURCES = "resources", _("Sharing resources")
    PROBLEMS = "problems", _("Solving problems together")
    CIVILITY = "civility", _("Fostering civility together")
    ACTIVITIES = "activities", _("Holding activities together")
