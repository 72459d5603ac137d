"""Refusals about lists: what people keep of them, and what is done to many rows."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class TooManySaved(DomainError):
    """The person has as many saved filters of a list as can be found again."""

    message = _(
        "You have %(most)s saved filters of this list already, the most that there can"
        " be. Nothing was saved: delete one that you no longer need, then save again."
    )


class TooLongToKeep(DomainError):
    """The address of the list is longer than what can be kept."""

    message = _(
        "This filter is too long to be saved. Nothing was saved: choose fewer values,"
        " then save again."
    )


class NumberInFilter(DomainError):
    """The address of the list has a number of a person in some part of it."""

    message = _(
        "This filter has a number of a person in it, which is kept nowhere but with the"
        " person. Nothing was saved: take the number out of the filter."
    )


class NumberInFilterName(DomainError):
    """A filter would be called by a number of a person."""

    message = _(
        "The name has a number of a person in it, which is kept nowhere but with the"
        " person. Nothing was saved: choose another name."
    )


class NothingChosen(DomainError):
    """No row was ticked, or the filter finds none."""

    message = _(
        "No row was chosen, so nothing was done. Tick rows in the list, or choose all"
        " rows of the result."
    )


class FilterUnread(DomainError):
    """Part of the filter is not understood: all rows would be meant."""

    message = _(
        "Part of this list's filter could not be read, so it shows more rows than you"
        " asked for. Nothing was done: put the filter right, then choose again."
    )


class TooManyAtOnce(DomainError):
    """More rows than are dealt with in one transaction."""

    message = _(
        "These are %(count)s rows; at most %(most)s are dealt with at once. Nothing was"
        " done: narrow the filter and go on in parts."
    )


class NotTriedOut(DomainError):
    """The action waits to be tried out, or was done already."""

    message = _(
        "This does not wait to be confirmed: it is still being looked through, or was"
        " done already. Nothing was done a second time."
    )


class NothingPossible(DomainError):
    """It can be done for none of the rows."""

    message = _("It can be done for none of these rows. Nothing was done.")


class BulkOvertaken(DomainError):
    """Rows changed since the preview."""

    message = _(
        "Something changed since this was shown to you. Nothing was done: below is what"
        " would be done now. Look at it and confirm again."
    )
