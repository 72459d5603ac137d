"""The sheet of an appraisal to print."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.months import today
from members import permissions
from members.enums import AppraisalPart, Grade
from members.models import AppraisalRound
from members.views.appraisals import AppraisalMixin


class AppraisalSheet(AppraisalMixin, TemplateView):
    """The sheet of an appraisal on A4: with the grades, or with empty boxes to vote."""

    template_name = "members/appraisal_sheet.html"

    def has_permission(self, obj: AppraisalRound) -> bool:
        return permissions.can_open_appraisal(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.get_permitted_object()
        entries = list(row.appraisals.select_related("member"))
        full = sum(entry.part == AppraisalPart.GRADED for entry in entries)
        return super().get_context_data(
            title=_("Democratic appraisal of members, %(year)s") % {"year": row.year},
            appraisal=row,
            entries=entries,
            most=row.most_excellent(full),
            grades=list(Grade),
            back_url=row.get_absolute_url(),
            printed_on=today(),
            **kwargs,
        )
