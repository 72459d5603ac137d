"""Refusals about the certificates of mobile members."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class NoCertificateForThat(DomainError):
    """A certificate is for a short absence, or a long one before a transfer (R-18)."""

    message = _(
        "No certificate is issued for: %(ground)s. Nothing was saved. %(instead)s"
    )


class AbsenceTooLong(DomainError):
    """A certificate for a short absence runs for six months at most (R-18)."""

    message = _(
        "For a short absence the certificate is valid until %(latest)s at the latest."
        " Nothing was saved: check the days, or choose another ground."
    )


class CertificateClosed(DomainError):
    """Nothing more is recorded of a certificate that is no longer with the member."""

    message = _(
        "The certificate no. %(number)s is no longer with the member: %(outcome)s."
        " Nothing was changed."
    )
