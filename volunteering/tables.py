"""How lists of shifts, claims and hours are shown."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_tables2 import Column, Table, TemplateColumn

from volunteering.models import Claim, ServiceRecord, Shift

TIME = "volunteering/_time.html"


class OpenShiftTable(Table):
    """Shifts with a place left, for anyone."""

    title = TemplateColumn(
        template_name="volunteering/_shift_title.html",
        verbose_name=_("Post"),
        accessor="post__title",
    )
    time = TemplateColumn(
        template_name=TIME,
        verbose_name=_("Time"),
        accessor="starts_at",
    )
    community = Column(_("Community"), accessor="post__organization__name")
    category = Column(_("Post category"), accessor="post__category")
    place = Column(_("Meeting place"))
    left = Column(_("Places left"), accessor="left")

    class Meta:
        model = Shift
        fields: tuple[str, ...] = ()
        orderable = False

    def __init__(
        self, *args: Any, categories: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.categories = categories

    def render_category(self, value: str) -> str:
        """Show the label of the code."""
        return self.categories.get(value, value)


class ClaimTable(Table):
    """Claims with their shift and what became of them."""

    title = TemplateColumn(
        template_name="volunteering/_claim_title.html", verbose_name=_("Post")
    )
    time = TemplateColumn(
        template_name="volunteering/_claim_time.html", verbose_name=_("Time")
    )
    community = Column(
        _("Community"), accessor="shift__post__organization__name", orderable=False
    )

    class Meta:
        model = Claim
        fields: tuple[str, ...] = ()
        orderable = False


class OwnClaimTable(ClaimTable):
    """A member's own claims: given back, recorded or still to be served."""

    state = TemplateColumn(
        template_name="volunteering/_claim_state.html", verbose_name=_("State")
    )
    deed = TemplateColumn(
        template_name="volunteering/_claim_deeds.html", verbose_name=_("To do")
    )


class UnrecordedClaimTable(ClaimTable):
    """Claims whose day has come, without hours."""

    member = Column(_("Name"), accessor="member__name")
    deed = TemplateColumn(
        template_name="volunteering/_claim_deeds.html", verbose_name=_("To do")
    )

    class Meta(ClaimTable.Meta):
        sequence = ("member", "...")


class PendingServiceTable(Table):
    """Hours that wait for a second person."""

    tick = TemplateColumn(
        template_name="volunteering/_service_tick.html", verbose_name=_("Name")
    )
    title = Column(_("Post"), accessor="claim__shift__post__title")
    served_on = Column(_("Served on"))
    hours = Column(_("Hours served"))
    remark = Column(_("What was done"), default="—")
    recorded_by = Column(_("Recorded by"))
    deed = TemplateColumn(
        template_name="volunteering/_service_deeds.html", verbose_name=_("To do")
    )

    class Meta:
        model = ServiceRecord
        fields: tuple[str, ...] = ()
        orderable = False
