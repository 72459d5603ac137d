"""Refusals about what people keep of lists."""

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
