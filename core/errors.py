"""Refusals that speak to the reader."""

from django.utils.translation import gettext_lazy as _

from core.text import StrOrPromise


class DomainError(Exception):
    """A refusal the reader should see; `message` is shown as it is.

    Parameters fill the `%(name)s` places of the message, so that the sentence can
    be translated first and filled in afterwards.
    """

    message: StrOrPromise = _(
        "This was not done, and nothing was changed. Please look again and retry."
    )

    def __init__(self, **params: object) -> None:
        super().__init__()
        self.params = params

    def __str__(self) -> str:
        return str(self.message) % self.params if self.params else str(self.message)


class EditConflict(DomainError):
    """Somebody else changed the record after this form was opened."""

    message = _(
        "While this form was open somebody else changed the record. Nothing of yours"
        " was saved over it: compare both versions, then save again."
    )


class DayToCome(DomainError):
    """Only what has happened is recorded as having happened."""

    message = _(
        "%(day)s is still to come. Nothing was saved: record it once it has happened,"
        " under the day on which it did."
    )


class KeyMissing(DomainError):
    """A write came without the key by which it would be known a second time."""

    message = _(
        "This form came without the mark that keeps it from being saved twice."
        " Nothing was changed: please open the page again and send it once more."
    )


class RuleBroken(DomainError):
    """A database rule refused the row; the sentence is the rule's own."""

    message = "%(rule)s"
