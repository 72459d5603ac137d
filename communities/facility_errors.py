"""What is refused about facilities."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class FacilityVoided(DomainError):
    """A voided facility is left as it is."""

    message = _(
        "%(name)s was voided on %(day)s. Nothing was changed: enter it anew if it does"
        " exist."
    )


class FacilityGivenUp(DomainError):
    """What is not in use any more is left as it was."""

    message = _(
        "%(name)s is not in use since %(day)s. Nothing was changed: enter it anew if it"
        " is used again."
    )


class FacilityGoesTooEarly(DomainError):
    """A facility is given up after its first day."""

    message = _(
        "%(name)s is in use since %(first)s. Nothing was saved: choose a later day, or"
        " void the entry if it was a mistake."
    )
