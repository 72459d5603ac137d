"""Reasons why one row of a monthly return's sheet is refused."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class ReturnRowRefused(DomainError):
    """One cell of the row is refused."""

    message = _("Row %(row)s, %(column)s: %(reason)s")


class MonthMissing(DomainError):
    """Neither row nor title names the month."""

    message = _(
        "nothing says which month is meant: write it above the table, for example"
        " 所属月份：2026年10月"
    )


class MonthNotBegun(DomainError):
    """The month lies in the future."""

    message = _("%(month)s lies later than the present month")


class MonthsContradict(DomainError):
    """The row names another month than the title."""

    message = _(
        "the row says %(own)s, the title %(titled)s: write the same month in both"
    )


class NoFiguresOfMonth(DomainError):
    """No column has figures of one month."""

    message = _(
        "no column has figures of one month: columns of other times, totals over"
        " several months and plans are not read"
    )


class NoCommunityNamed(DomainError):
    """The row names no community."""

    message = _("the name of the community is missing")


class FilesNoReturn(DomainError):
    """The organization is not a community."""

    message = _("%(name)s is not a community and files no return")


class ReportedTwice(DomainError):
    """Another row reports the same community and month."""

    message = _("duplicate: %(name)s is already in row %(first)s for %(month)s")


class MonthHasClosed(DomainError):
    """The month's figures are published."""

    message = _(
        "%(month)s is closed for %(name)s, and published figures do not change."
        " Record what was forgotten; it counts in the first open month"
    )


class ReturnIsFiled(DomainError):
    """The return is no longer with the community."""

    message = _(
        "the return of %(name)s for %(month)s is “%(state)s” already and is never"
        " overwritten. Take it back first, or have it returned"
    )


class NoRoundOpen(DomainError):
    """The street has not opened the month."""

    message = _(
        "the street has not opened %(month)s for returns yet: ask it to, then upload"
        " the sheet again"
    )


class RowDoesNotBalance(DomainError):
    """Opening, gains and losses do not make the closing."""

    message = _(
        "the row does not balance: %(opening)s at the start, gains of %(gains)s and"
        " losses of %(losses)s make %(expected)s, but the sheet says %(closing)s"
    )


class PartExceedsWhole(DomainError):
    """A part is larger than its whole: more women than members, for example."""

    message = _("%(value)s is more than the members at month end (%(closing)s)")


class UnitMissing(DomainError):
    """Neither heading nor title gives the unit of money."""

    message = _(
        "nothing says whether the amount is in 元 or 万元: add it to the heading"
    )


class UnitInDoubt(DomainError):
    """The amount can hardly be in the unit of the heading."""

    message = _(
        "%(text)s 万元 would be %(yuan)s 元 in one month, so it is probably meant in"
        " 元: correct the number, or the unit of the heading"
    )
