"""Refusals about agreements and targets."""

from django.utils.translation import gettext_lazy as _

from core.errors import ChangedSinceRead, DomainError


class AlreadyEnded(DomainError):
    """An ended agreement cannot be ended again."""

    message = _("“%(name)s” ended on %(day)s already. Nothing was changed.")


class AlreadySigned(DomainError):
    """An agreement that a side has signed does not change any more."""

    message = _(
        "“%(title)s” has been signed and can no longer be changed. Nothing was changed:"
        " end it with a reason and draft a new one."
    )


class SideHasSigned(DomainError):
    """Each side signs once."""

    message = _(
        "%(side)s has signed “%(title)s” already. Nothing was changed: it is the other"
        " side's turn."
    )


class TermsChanged(ChangedSinceRead):
    """A signatory signs only the version they have read."""

    message = _(
        "“%(title)s” was changed after you opened it. Nothing was signed: go back, read"
        " the current text, then sign."
    )


class NotOpenToSigning(DomainError):
    """Only a draft or a half-signed agreement can be signed."""

    message = _(
        "“%(title)s” is no longer open to signing. Nothing was changed: draft a new"
        " agreement."
    )


class NoTargets(DomainError):
    """An agreement without a target has no effect (S0-18)."""

    message = _(
        "“%(title)s” has no target yet, so there is nothing to sign. Nothing was"
        " changed: add at least one target first."
    )


class NotTheirProject(DomainError):
    """A target is measured over a project of the same community and unit."""

    message = _(
        "The project “%(project)s” is not a project of this community "
        "with this unit. Nothing was saved: choose another, or start "
        "one first."
    )


class CountedInWholeNumbers(DomainError):
    """Goals of persons, meetings and posts are whole numbers."""

    message = _(
        "“%(label)s” is counted in whole numbers. Nothing was saved: promise a whole"
        " number."
    )


class NotCountedByPerson(DomainError):
    """Meetings, posts and money are not the work of one member each."""

    message = _(
        "“%(label)s” does not count the work of single people. Nothing was saved:"
        " choose that anyone's work on the project counts."
    )


class DueOutsideTerm(DomainError):
    """A target falls due while the agreement lasts."""

    message = _(
        "%(day)s is outside the agreement, which lasts from %(first)s to %(last)s."
        " Nothing was saved: choose a day in between."
    )
