"""Refusals about merging two records of one person."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class MergedAlready(DomainError):
    """One of both records counts for nobody any more."""

    message = _(
        "The record of %(name)s was merged or voided meanwhile. Nothing was merged: go"
        " back to the list to see what is left."
    )


class OpenAlready(DomainError):
    """The pair waits for a decision already."""

    message = _(
        "Whether the two records of %(name)s are one person's is open already. Nothing"
        " was changed: decide on the page that compares them."
    )


class NotMerged(DomainError):
    """The record stands for itself."""

    message = _("The record of %(name)s is not merged. Nothing was changed.")


class OthersMergedInto(DomainError):
    """Others were merged into the record that is to go."""

    message = _(
        "Another record was merged into this one of %(name)s before. Nothing was"
        " merged: keep this record instead."
    )


class AffiliatedTwice(DomainError):
    """By the two records one person belongs to two places (R-11)."""

    message = _(
        "By one record %(name)s belongs to %(kept)s, by the other to %(other)s, and"
        " nobody belongs to two places. Nothing was merged: find out where the relation"
        " is, and end the membership here on the record of the other place first."
    )


class KeepAffiliated(DomainError):
    """Only the record that is to go says where the person belongs."""

    message = _(
        "The record to be merged is the one that says where %(name)s belongs:"
        " %(organization)s. Nothing was merged: keep that record instead."
    )


class EndedAndCurrent(DomainError):
    """By one record the membership has ended, by the other it goes on."""

    message = _(
        "By one record the membership of %(name)s ended on %(day)s, by the other it"
        " goes on. Nothing was merged: void the end, or record it on the other, first."
    )


class MemberGone(DomainError):
    """The record into which another was merged does not stand any more."""

    message = _(
        "The record of %(name)s was voided meanwhile. Nothing was changed: ask those"
        " who voided it."
    )


class UndoMergeFirst(DomainError):
    """A record into which another was merged is not voided."""

    message = _(
        "Another record was merged into the one of %(name)s. Nothing was voided: undo"
        " the merging on that record's page first."
    )
