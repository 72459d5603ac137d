"""Refusals about documents and publications."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class UnwantedFile(DomainError):
    """The file of a document is of a type that offices do not pass on."""

    message = _(
        "This file is no PDF, Word or Excel file of the newer kind, and no JPEG or PNG"
        " picture. Nothing was kept: save it as one of these and choose it again."
    )


class AlreadyReplaced(DomainError):
    """The document or publication already has a later version."""

    message = _(
        "“%(title)s” already has a later version. Nothing was saved: open that one and"
        " go on from there."
    )


class ReplacedTooEarly(DomainError):
    """A new version begins no later than the one that it replaces."""

    message = _(
        "The new version begins on %(day)s, the former one on %(former)s. Nothing was"
        " saved: choose a later first day."
    )


class NoDraft(DomainError):
    """The publication was approved or withdrawn meanwhile."""

    message = _(
        "“%(title)s” is no draft any more: it is “%(state)s”. Nothing was changed: to"
        " say something else, draft one that takes its place."
    )


class AlreadyWithdrawn(DomainError):
    """The publication was withdrawn meanwhile."""

    message = _("“%(title)s” was withdrawn already. Nothing was done a second time.")


class OwnDraft(DomainError):
    """Whoever drafted a publication would approve it."""

    message = _(
        "You drafted this yourself, so somebody else approves it. Nothing was"
        " published: ask the secretary, the deputy or the street."
    )


class DocumentInUse(DomainError):
    """A voided document would still stand behind a publication."""

    message = _(
        "%(count)s publications name “%(title)s”. Nothing was changed: withdraw them"
        " first, or enter a new version."
    )
