"""Choices of the way from applicant to member, and of probation."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DevelopmentStage(TextChoices):
    """How far a person has come who is not a member yet: three of the five stages.

    The two others, probationary and full member, are in the register of members.
    """

    APPLICANT = "applicant", _("Applicant")
    ACTIVIST = "activist", _("Activist")
    CANDIDATE = "candidate", _("Candidate for development")


class DevelopmentState(TextChoices):
    """Whether the development of a person goes on."""

    OPEN = "open", _("Under way")
    ADMITTED = "admitted", _("Admitted as a probationary member")
    STOPPED = "stopped", _("Development stopped")


class DevelopmentStepKind(TextChoices):
    """A step on the way, in the order of the rules (R-33)."""

    APPLIED = "applied", _("Application received")
    TALKED = "talked", _("Talk with the applicant")
    ACTIVIST = "activist", _("Named activist")
    REVIEWED = "reviewed", _("Regular review of the activist")
    CANDIDATE = "candidate", _("Named candidate for development")
    SCREENED = "screened", _("Political screening passed")
    TRAINED = "trained", _("Training completed")
    PRE_APPROVED = "pre_approved", _("Pre-approval by the superior")
    MEETING = "meeting", _("Branch meeting voted to admit")
    APPROVED = "approved", _("Admission approved by the superior Party committee")


class ProbationOutcome(TextChoices):
    """What was decided about a probationary member (R-32)."""

    PASSED = "passed", _("Became a full member")
    EXTENDED = "extended", _("Probation extended")
    CANCELLED = "cancelled", _("Probationary membership cancelled")


FINAL_OUTCOMES = (ProbationOutcome.PASSED, ProbationOutcome.CANCELLED)
"""After these nothing more is decided about the probation."""
EXTENSION_MONTHS = (6, 12)
"""The shortest and the longest extension of a probation (R-32)."""
