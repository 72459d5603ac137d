"""Columns of mobile members, of their monthly review, and of inquiries."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.text import StrOrPromise
from core.web.tables import ON_ONE_LINE, OrderedTable
from members.absences.reviews import ReviewedMember
from members.models import Member, MobileRecord, UnitInquiry


class MobileRecordTable(OrderedTable):
    """Mobile members: of which kind, where they are, since when, until when."""

    name = tables.Column(
        verbose_name=_("Name"),
        accessor="member__name",
        order_by=("member__sort_key",),
        linkify=lambda record: record.member.get_absolute_url(),
    )
    organization = tables.Column(
        verbose_name=_("Party organization"),
        accessor="member__organization",
        orderable=False,
    )
    kind = tables.Column(verbose_name=_("Kind of absence"), orderable=False)
    destination = tables.Column(verbose_name=_("Destination"), default="—")
    starts_on = tables.DateColumn(
        verbose_name=_("Away since"), short=False, attrs=ON_ONE_LINE
    )
    ends_on = tables.DateColumn(
        verbose_name=_("Back on"), short=False, attrs=ON_ONE_LINE
    )

    class Meta:
        model = MobileRecord
        fields = (
            *("name", "organization", "kind", "destination"),
            *("starts_on", "ends_on"),
        )


def url_of_void(record: ReviewedMember) -> str | None:
    """Return where the review of this month is voided, once there is one."""
    if record.review is None:
        return None
    url = reverse("members:void", args=[record.member.pk])
    return f"{url}?entry=review-{record.review.pk}"


class ReviewTable(OrderedTable):
    """Who is reviewed each month, since when, and what was found this month."""

    name = tables.Column(
        verbose_name=_("Name"),
        accessor="member__name",
        linkify=lambda record: record.member.get_absolute_url(),
    )
    place = tables.Column(
        verbose_name=_("Party organization"), accessor="member__organization"
    )
    kind = tables.Column(verbose_name=_("Kind"))
    since = tables.DateColumn(
        verbose_name=_("Away or waiting since"), short=False, attrs=ON_ONE_LINE
    )
    found = tables.Column(verbose_name=_("Found this month"), empty_values=())
    note = tables.Column(verbose_name=_("Note"), accessor="review__note", default="—")
    void = tables.Column(
        verbose_name=_("Void …"),
        empty_values=(),
        linkify=url_of_void,
        exclude_from_export=True,
    )

    class Meta:
        model = Member
        fields: tuple[str, ...] = ()
        orderable = False

    def render_found(self, record: ReviewedMember) -> StrOrPromise:
        """Say what was found, or that the review is still to be recorded."""
        if record.review is None:
            return _("Not reviewed yet")
        return record.review.get_finding_display()

    def render_void(self, record: ReviewedMember) -> StrOrPromise:
        """Lead to the page that voids the review of this month."""
        return "" if record.review is None else _("Void …")


class InquiryTable(OrderedTable):
    """Inquiries at former units: about whom, sent when, due when, and the answer."""

    name = tables.Column(
        verbose_name=_("Name"),
        accessor="member__name",
        orderable=False,
        linkify=lambda record: record.get_absolute_url(),
    )
    organization = tables.Column(
        verbose_name=_("Party organization"),
        accessor="case__organization",
        orderable=False,
    )
    unit = tables.Column(verbose_name=_("Former unit"), orderable=False)
    number = tables.Column(
        verbose_name=_("Number of the inquiry"), default="—", orderable=False
    )
    sent_on = tables.DateColumn(
        verbose_name=_("Sent on"), short=False, attrs=ON_ONE_LINE
    )
    due_on = tables.DateColumn(
        verbose_name=_("Answer due on"),
        accessor="case__due_on",
        short=False,
        attrs=ON_ONE_LINE,
    )
    answer = tables.Column(verbose_name=_("Answer"), empty_values=(), orderable=False)

    class Meta:
        model = UnitInquiry
        fields = (
            *("name", "organization", "unit", "number", "sent_on", "due_on"),
            "answer",
        )

    def render_answer(self, record: UnitInquiry) -> StrOrPromise:
        """Show the answer; none is seen as none."""
        if record.voided:
            return _("Voided as a mistake")
        return record.get_answer_display() or _("No answer yet")
