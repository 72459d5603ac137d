"""Refusals about tasks from above and feedback."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class RequestVoided(DomainError):
    """A task recorded by mistake stays as it is."""

    message = _(
        "“%(title)s” was voided as a mistake on %(day)s. Nothing was changed: record"
        " the task anew."
    )


class RequestDone(DomainError):
    """A task is done once."""

    message = _("“%(title)s” was done on %(day)s already. Nothing was changed.")


class RequestNotDone(DomainError):
    """Only a task that is done can be taken back as not done."""

    message = _("“%(title)s” is not done yet. Nothing was changed.")


class FeedbackAnswered(DomainError):
    """Feedback is answered once."""

    message = _(
        "This was answered on %(day)s already. Nothing was saved: open it again to read"
        " the answer."
    )
