"""Choices of the yearly appraisal of members."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RoundState(TextChoices):
    """How far a branch's appraisal of a year has come."""

    OPEN = "open", _("Grades being entered")
    CLOSED = "closed", _("Appraisal closed")
    VOIDED = "voided", _("Appraisal voided")


class Grade(TextChoices):
    """The four grades, and no others (R-44)."""

    EXCELLENT = "excellent", _("Excellent")
    QUALIFIED = "qualified", _("Qualified")
    BASICALLY_QUALIFIED = "basic", _("Basically qualified")
    UNQUALIFIED = "unqualified", _("Unqualified")


class NoGrade(TextChoices):
    """Why a full member has no grade here this year."""

    ELSEWHERE = "elsewhere", _("Appraised where they stay (mobile member)")
    ILL = "ill", _("Ill or frail for long, not appraised")
    UNREACHABLE = "unreachable", _("Not to be reached, not appraised")


class AppraisalPart(TextChoices):
    """As what somebody takes part in an appraisal."""

    GRADED = "graded", _("To be graded")
    PROBATIONARY = "probationary", _("Probationary, without a grade")
    SUSPENDED = "suspended", _("Membership suspended, does not take part")
