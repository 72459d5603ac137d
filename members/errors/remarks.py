"""Refusals about guarded remarks and willingness."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class RemarkIsOver(DomainError):
    """The remark was voided, or has expired."""

    message = _(
        "This remark is no longer shown: it was voided or has expired. Nothing was"
        " changed."
    )
