"""Registrations of opinions: what ends with a member or a unit, and where they show."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.registries.closers import Closer
from core.registries.page_sections import PageSection, page_sections
from members.actions.opinions import close_opinion, close_opinion_of_unit
from members.ends.closers import MemberCloser, closers
from members.ends.dated_records import DatedRecords, dated_records
from members.models import OpinionRequest
from members.sections.opinions import describe_opinion
from organizations.closing_blockers import ClosingBlocker, closing_blockers
from organizations.unit_closers import unit_closers


def open_opinions() -> QuerySet[OpinionRequest]:
    """Return questions that wait for their answer."""
    return OpinionRequest.objects.open()


def given_opinions() -> QuerySet[OpinionRequest]:
    """Return opinions that were given."""
    return OpinionRequest.objects.exclude(answered_on=None)


closers.add(
    MemberCloser(
        "members.opinions",
        _("questions for an opinion withdrawn: %(count)s"),
        open_opinions,
        close_opinion,
    )
)
unit_closers.add(
    Closer(
        "members.opinions",
        _("questions for an opinion withdrawn: %(count)s"),
        open_opinions,
        close_opinion_of_unit,
        owner="unit",
    )
)
closing_blockers.add(
    ClosingBlocker(
        "members.opinions",
        _("opinions asked for and not answered: %(count)s (withdraw them)"),
        open_opinions,
    )
)
page_sections.add(
    PageSection(
        "members.opinion",
        "cases.Case",
        "members/_case_details.html",
        describe_opinion,
    )
)
dated_records.add(
    DatedRecords(
        "members.opinions",
        _("opinion given on %(days)s"),
        given_opinions,
        day="answered_on",
        keeper="case__organization",
        page=OpinionRequest.get_absolute_url,
    )
)
