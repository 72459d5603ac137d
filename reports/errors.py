"""Refusals about returns and rounds."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class MonthNotOver(DomainError):
    """A return is submitted from the last day of its month on."""

    message = _(
        "%(month)s is not over yet. Nothing was submitted and everything you wrote is"
        " kept: submit from %(day)s on."
    )


class NotYetFounded(DomainError):
    """A community has no returns of months before it was founded."""

    message = _(
        "%(name)s did not exist in %(month)s, so there is nothing to file. Nothing was"
        " changed: choose a later month."
    )


class WrongState(DomainError):
    """The return is in another state than the action needs."""

    message = _(
        "The return is now “%(state)s”, so this cannot be done any more."
        " Nothing was changed: open it again to see where it is."
    )


class DoesNotBalance(DomainError):
    """Opening, gains and losses do not make the closing, and nobody explained it."""

    message = _(
        "The month does not balance: %(opening)s at the start and a change of"
        " %(change)s make %(expected)s, but the records show %(closing)s at month end."
        " Nothing was submitted and everything you wrote is kept: correct the records,"
        " or explain the difference of %(adjustment)s in the line “%(line)s”."
    )


class FixedFigure(DomainError):
    """Numbers of members and money are corrected in the records, not in the return."""

    message = _(
        "“%(line)s” cannot be reported otherwise than the records say (%(computed)s)."
        " Nothing was changed: correct the record, and the return follows by itself."
    )


class DiffersWithoutReason(DomainError):
    """Another number than the computed one needs a reason."""

    message = _(
        "“%(line)s” is computed as %(computed)s. Nothing was saved: explain why you"
        " report another number, or leave the computed one."
    )


class NoSuchNumber(DomainError):
    """The figure cannot have this number: too many decimals, too small, too large."""

    message = _(
        "“%(line)s” cannot be %(value)s: it is %(shape)s. Nothing was saved: correct"
        " the number."
    )


class OddNumber(DomainError):
    """The number is far above the records and the place's last twelve months."""

    message = _(
        "“%(line)s” %(value)s is far above what the records say (%(computed)s) and"
        " above the last twelve months (%(largest)s). Nothing was saved: check the"
        " digits, and if the number is right, confirm it below."
    )


class FiguresChanged(DomainError):
    """The records have changed since the return was submitted."""

    message = _(
        "Since the return was submitted the records have changed: %(lines)s. Nothing"
        " was accepted: return it, so that the community submits the present figures."
    )


class EarlierMonthOpen(DomainError):
    """Months are accepted in order: each opens with the closing of the one before."""

    message = _(
        "The return of %(month)s is not accepted yet, and each month opens with the"
        " closing of the one before. Nothing was changed: decide on that one first."
    )


class OwnReturn(DomainError):
    """A return is accepted by somebody else than the person who submitted it."""

    message = _(
        "You submitted this return yourself. Nothing was accepted: another person at"
        " the street has to decide on it."
    )


class CommentIsSettled(DomainError):
    """A comment that the street has settled is neither answered nor settled again."""

    message = _(
        "This comment is settled already. Nothing was changed: open the return again to"
        " see where it is."
    )


class ExtensionOutOfBounds(DomainError):
    """A deadline is extended to a day that has not passed and is not far away."""

    message = _(
        "The deadline can be extended to a day from %(first)s to %(last)s. Nothing was"
        " saved: choose such a day."
    )


class ExtensionIsVoid(DomainError):
    """An extension is voided once."""

    message = _("This extended deadline is voided already. Nothing was changed.")


class NobodyToRemind(DomainError):
    """All communities have submitted."""

    message = _("Every return of this round is submitted: nobody was reminded.")


class RemindedToday(DomainError):
    """All communities that have not submitted were reminded today."""

    message = _(
        "Everyone who has not submitted was reminded today already. Nobody "
        "was reminded twice: remind again tomorrow, or telephone."
    )


class NotAStreet(DomainError):
    """Only streets, towns and zones open rounds."""

    message = _(
        "%(name)s is not a street, town or zone and collects no returns. Nothing was"
        " opened: choose one that does."
    )


class NoFormInForce(DomainError):
    """No form is in force in the month."""

    message = _(
        "No form is in force for %(month)s. Nothing was opened: choose a later month."
    )


class FormulaStays(DomainError):
    """A formula of the superior's form is never written over."""

    message = _(
        "Cell %(cell)s has a formula, which stays as it is. Nothing was changed: choose"
        " the cells that it adds up."
    )


class NoSuchCell(DomainError):
    """The cell is not on the sheet, or lies inside a merged one."""

    message = _(
        "There is no cell %(cell)s of its own on this sheet. Nothing was changed:"
        " choose a cell in the grid."
    )


class NoTotalOverMonths(DomainError):
    """A stock at month end cannot be added up over months."""

    message = _(
        "“%(label)s” is taken at the month's end and cannot be added up over months."
        " Nothing was saved: choose the month itself."
    )


class NothingMapped(DomainError):
    """Nobody has said what belongs into the cells of the form."""

    message = _(
        "Nobody has said yet what belongs into the cells of this form. Nothing was"
        " filled: say it for one cell at least."
    )


class NothingProposed(DomainError):
    """The labels of a form say nothing that is not recorded already."""

    message = _(
        "The labels of this form tell of no further cell what belongs into it. Nothing"
        " was changed: open a cell and say it there."
    )


class OutsideOfForm(DomainError):
    """The place does not lie below the street that keeps the form."""

    message = _(
        "%(place)s does not lie below %(street)s, which keeps this form. Nothing was"
        " filled: choose a place there."
    )


class MonthNotBegun(DomainError):
    """A month that has not begun has no figures."""

    message = _(
        "%(month)s has not begun yet, so it has no figures. Nothing was filled: choose"
        " an earlier month."
    )


class NoCells(DomainError):
    """A workbook whose sheets are all empty."""

    message = _(
        "The workbook has no cell with a text, so there is nothing to fill. Nothing"
        " was stored: choose the form as the superior sent it."
    )


class FormWasVoided(DomainError):
    """The form was taken out of the list meanwhile."""

    message = _(
        "This form was taken out of the list meanwhile. Nothing was changed: use the"
        " form that stands there now."
    )


class NothingCounted(DomainError):
    """No month of a period was counted for the place."""

    message = _(
        "%(place)s has no numbers of %(period)s: its records begin later. Nothing was"
        " written: choose a later period."
    )


class ExtendedBefore(DomainError):
    """A deadline is extended once."""

    message = _(
        "The deadline of this return is extended already. Nothing was saved: void that"
        " extension first."
    )
