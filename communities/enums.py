"""Choices of meetings and projects of Party organizations."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations.enums import OrganizationKind


class MeetingKind(TextChoices):
    """The forms of organization life (三会一课, theme days and others)."""

    MEMBERS = "members_meeting", _("Members' meeting")
    COMMITTEE = "committee_meeting", _("Branch committee meeting")
    GROUP = "group_meeting", _("Party group meeting")
    LESSON = "party_lesson", _("Party lesson")
    THEME_DAY = "theme_party_day", _("Theme Party day")
    ORGANIZATION_LIFE = "organization_life_meeting", _("Organization life meeting")


class Agenda(TextChoices):
    """What a meeting was mostly about (S2-48)."""

    STUDY = "study", _("Study and education")
    DECIDING = "deciding", _("Discussion and decision")
    ASSIGNING = "assigning", _("Handing out work alone")
    LIFE = "life", _("Criticism, appraisal and talks")
    OTHER = "other", _("Other content")


class Activity(TextChoices):
    """Whether a branch held what a quarter asks for (S0-07)."""

    BELOW = "below", _("Less than is asked for")
    AT = "at", _("As much as is asked for")
    ABOVE = "above", _("More than is asked for")
    NEW = "new", _("Founded in the quarter")


K = MeetingKind
CALLING_SOME = (K.COMMITTEE, K.GROUP)
COMMITTEES = ("community_committee", "branch_committee", "unit_branch_committee")
"""Codes of the kinds of body whose meetings are committee meetings."""
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


class BodyGroup(TextChoices):
    """The kind of work under which the bodies of a place are listed."""

    PARTY = "party", _("Party committees and offices")
    GOVERNANCE = "governance", _("Residents' self-government")
    WORKERS = "workers", _("Workers")
    GRIDS = "grids", _("Grids")
    LIAISON = "liaison", _("Liaison and co-building")


class Filling(TextChoices):
    """How seats are filled, and by which way a person came."""

    ELECTION = "election", _("Election")
    APPOINTMENT = "appointment", _("Appointment")
    RECRUITMENT = "recruitment", _("Open recruitment")
    RECOMMENDATION = "recommendation", _("Recommended by residents")
    SECONDMENT = "secondment", _("Sent by an office or unit")


class ElectionQuorum(TextChoices):
    """How many of the voters must be there for an election to be valid (R-47)."""

    FOUR_FIFTHS = "four_fifths", _("Four fifths of the voters")
    HALF = "more_than_half", _("More than half of the voters")


class BallotKind(TextChoices):
    """Which vote of an election was counted."""

    FIRST = "first", _("First ballot")
    AGAIN = "again", _("Second ballot")
    COMMITTEE = "committee", _("First meeting of the new committee")


class Eligibility(TextChoices):
    """Who may hold a seat of a body."""

    MEMBERS = "members", _("Party members alone")
    ANYBODY = "anybody", _("Anybody")
    UNITS = "units", _("Anybody, and delegates of units")


class VacatingReason(TextChoices):
    """Why somebody no longer holds a seat."""

    TERM_ENDED = "term_ended", _("The term ended")
    NEW_TERM = "new_term", _("A new committee was elected")
    MOVED = "moved", _("Moved to other work")
    RESIGNED = "resigned", _("Resigned")
    REMOVED = "removed", _("Removed from office")
    RETIRED = "retired", _("Retired")
    DIED = "died", _("Deceased")
    MEMBERSHIP_ENDED = "membership_ended", _("No Party member any more")
    BODY_ENDED = "body_ended", _("The body ended")


# What a person chooses; the other reasons follow from what happened elsewhere.
CHOSEN_REASONS = (
    VacatingReason.MOVED,
    VacatingReason.RESIGNED,
    VacatingReason.REMOVED,
    VacatingReason.RETIRED,
    VacatingReason.DIED,
)
ENDED_WITH_THE_TERM = (VacatingReason.TERM_ENDED, VacatingReason.NEW_TERM)
ENDED_WITH_THE_BODY = (*ENDED_WITH_THE_TERM, VacatingReason.BODY_ENDED)


class ApplicantResult(TextChoices):
    """What came of somebody's application for a seat."""

    TAKEN = "taken", _("Taken on")
    NOT_TAKEN = "not_taken", _("Not taken on")
    WITHDREW = "withdrew", _("Withdrew the application")


RESERVES = "reserve_cadres"
"""The code of the kind of body in which the reserves of an organization are listed."""
INSTRUCTORS, LEADERS_CONTACTS = "instructors", "contact_leaders"
"""The codes of the kinds of body of instructors and of leaders with a community."""
LIAISONS, RESIDENTS_ASSEMBLY = "liaisons", "residents_assembly"
"""The codes of the kinds of body of liaisons and of the residents' assembly."""
GROUP_LEADER = "居民小组长"
"""The seat of the residents' assembly that the leader of a residents' group holds."""
UNPAID = (RESERVES, RESIDENTS_ASSEMBLY, "deliberation_council", "volunteer_team")
"""The codes of the kinds of body in which nobody works for pay."""
COVERING = (
    OrganizationKind.COMMUNITY,
    OrganizationKind.GENERAL_BRANCH,
    OrganizationKind.BRANCH,
    OrganizationKind.JOINT_BRANCH,
)
"""The kinds of organization that cover units."""
OWN_BRANCH, JOINT_BRANCH = "own_branch", "joint_branch"
"""The codes of the cover by a unit's own branch, and by one of several units."""
CATCH_ALL = "catch_all"
"""The code of the cover of a unit that the community looks after (兜底)."""
GRADUATE = "graduate"
"""The code of the group of graduates among those from which people come."""


class ReserveOutcome(TextChoices):
    """Why somebody is no longer on the list of reserves."""

    TOOK_OFFICE = "took_office", _("Took over an office")
    TAKEN_OFF = "taken_off", _("Taken off the list")
    LEFT = "left", pgettext_lazy("reserve", "Left")


class WorksStage(TextChoices):
    """How far works on a facility have come (S1-45)."""

    PLANNED = "planned", pgettext_lazy("works", "planned")
    UNDER_WAY = "under_way", pgettext_lazy("works", "under way")
    ACCEPTED = "accepted", pgettext_lazy("works", "accepted")


UNFINISHED_WORKS = (WorksStage.PLANNED, WorksStage.UNDER_WAY)
"""The stages of works that are still to be done."""
