"""Refusals about the yearly appraisal of members."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class NobodyToAppraise(DomainError):
    """The organization had no full member on the day."""

    message = _(
        "On %(day)s no full member belonged to %(organization)s. Nothing was saved:"
        " check the branch and the day."
    )


class WrongAppraisalYear(DomainError):
    """The meeting was held neither in the year nor soon after it."""

    message = _(
        "The appraisal of %(year)s is held in that year or in the year after, not on"
        " %(day)s. Nothing was saved: check the day."
    )


class TooManyExcellent(DomainError):
    """More would be excellent than the share allows (R-44)."""

    message = _(
        "Of %(members)s full members at most %(most)s can be excellent, and %(count)s"
        " are marked so. Nothing was saved: change the grade of some."
    )


class GradesMissing(DomainError):
    """Somebody has neither a grade nor a reason for having none."""

    message = _(
        "Without a grade, and without a reason for having none: %(names)s. Nothing was"
        " closed: enter what is missing first."
    )


class AppraisalNotOpen(DomainError):
    """The round was closed or voided meanwhile."""

    message = _(
        "This appraisal is %(state)s. Nothing was changed: open it again first, if it"
        " was closed too early."
    )


class AppraisalMonthClosed(DomainError):
    """The month in which the appraisal counts was closed."""

    message = _(
        "The month in which this appraisal counts is closed. Nothing was changed: what"
        " was published stays."
    )
