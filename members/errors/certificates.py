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


class CertificateTooLong(DomainError):
    """A certificate is valid for some months, until the member reports again (R-19)."""

    message = _(
        "The certificate is valid until %(latest)s at the latest. Nothing was saved:"
        " check the days. It can be replaced when the member has reported again."
    )


class IssuedBeforeAbsence(DomainError):
    """The certificate is collected shortly before leaving, not long before (R-19)."""

    message = _(
        "%(name)s is away since %(since)s, so the certificate is issued on %(earliest)s"
        " at the earliest. Nothing was saved: check the day, or the absence."
    )


class OverBeforeAbsence(DomainError):
    """The period of a certificate lies within the absence."""

    message = _(
        "%(name)s is away since %(since)s, and the certificate would be over before."
        " Nothing was saved: check the days, or the absence."
    )


class CertificateHeld(DomainError):
    """Nobody holds two certificates at once."""

    message = _(
        "%(name)s holds a certificate already. Nothing was saved: replace that one, or"
        " record its return first."
    )


class CertificateVoided(DomainError):
    """A voided certificate is not changed."""

    message = _("The certificate no. %(number)s was voided. Nothing was changed.")


class CertificateClosed(DomainError):
    """Nothing more is recorded of a certificate that is no longer with the member."""

    message = _(
        "The certificate no. %(number)s is no longer with the member: %(outcome)s."
        " Nothing was changed."
    )
