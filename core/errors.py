"""Refusals with a message for the reader."""

from django.utils.translation import gettext_lazy as _

from core.dates import format_dates
from core.text import StrOrPromise


class DomainError(Exception):
    """A refusal that is shown to the reader as its `message`.

    Parameters fill the `%(name)s` places of the message, so that the sentence can
    be translated first and filled in afterwards, days as people read them.
    """

    message: StrOrPromise = _(
        "This was not done, and nothing was changed. Please look again and retry."
    )

    def __init__(self, **params: object) -> None:
        super().__init__()
        self.params = params

    def __str__(self) -> str:
        text = str(self.message)
        return text % format_dates(self.params) if self.params else text


class EditConflict(DomainError):
    """Somebody else changed the record after this form was opened."""

    message = _(
        "While this form was open somebody else changed the record. Nothing of yours"
        " was saved over it: compare both versions, then save again."
    )


class OwnEditConflict(EditConflict):
    """The person changed the record themselves, in another window."""

    message = _(
        "You changed this record in another window while this form was open. Nothing"
        " was saved over it: compare both versions, then save again."
    )


class ChangedSinceRead(EditConflict):
    """What somebody decided about is no longer what their page showed."""

    message = _(
        "Since you opened this page, what you decide about has changed. Nothing was"
        " done: the page shows it as it is now. Read it again, then decide."
    )


class FutureDay(DomainError):
    """A future day was entered for something that has already happened."""

    message = _(
        "%(day)s is still to come. Nothing was saved: record it once it has happened,"
        " under the day on which it did."
    )


class MissingIdempotencyKey(DomainError):
    """A write came without an idempotency key."""

    message = _(
        "This form has no submission key, which prevents saving it twice."
        " Nothing was changed: please open the page again and send it once more."
    )


class ConstraintViolated(DomainError):
    """A database constraint refused the row; the message is the constraint's own."""

    message = "%(rule)s"
