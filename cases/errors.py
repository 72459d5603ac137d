"""Refusals about cases."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class CaseClosed(DomainError):
    """Nothing is done about a case that was settled or voided."""

    message = _(
        "“%(title)s” was closed on %(day)s. Nothing was changed: open a new case if"
        " something is left to do."
    )


class HasOwnForms(DomainError):
    """A case about which an app keeps details ends by that app's decision."""

    message = _(
        "“%(title)s” ends with a decision that has a form of its own. Nothing was"
        " changed: choose the decision on the page of the case."
    )


class CannotOwnCase(DomainError):
    """A case is dealt with by somebody who keeps the records of its place."""

    message = _(
        "%(name)s does not keep the records of %(organization)s. Nothing was changed:"
        " choose somebody who does."
    )
