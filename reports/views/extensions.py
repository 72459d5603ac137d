"""Views in which the street extends the deadline of one return, and voids that."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.http import reader
from core.dates import format_day
from core.web.views import ReadFirstView, ReasonView
from reports import actions, permissions
from reports.actions.extensions import refuse_extension, refuse_void_extension
from reports.forms import ExtensionForm
from reports.models import DeadlineExtension, MonthlyReturn
from reports.views.review import ReviewMixin


class ExtendDeadline(ReviewMixin, ReadFirstView[MonthlyReturn]):
    """Give one community a later due day."""

    read_with = ("round",)
    form_class = ExtensionForm
    action = staticmethod(actions.extend_deadline)
    title = _("Extend the deadline")
    success_message = _("The deadline was extended; the community was notified.")

    def refuse_beforehand(self) -> None:
        refuse_extension(self.row)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = gettext(
            "%(return)s is due on %(day)s. It can be extended to %(last)s at the"
            " latest; lateness is then counted from the extended day."
        )
        lead = words % {
            "return": self.row,
            "day": format_day(self.row.due_on),
            "last": format_day(actions.latest_extension(self.row)),
        }
        return super().get_context_data(**{"lead": lead, **kwargs})


class VoidExtension(ReasonView[DeadlineExtension]):
    """Void an extension: the day of the round holds again."""

    read_with = ("monthly_return", "monthly_return.round")
    model = DeadlineExtension
    action = staticmethod(actions.void_extension)
    title = _("Void the extended deadline")
    submit_label = _("Void it")
    consequence = _("The day of the round holds again for this return.")
    success_message = _("The extended deadline was voided.")

    def refuse_beforehand(self) -> None:
        refuse_void_extension(self.row)

    def get_rows(self) -> Any:
        rows = super().get_rows()
        return rows.select_related("monthly_return__organization")

    def has_permission(self, obj: DeadlineExtension) -> bool:
        return permissions.can_review(reader(self.request), obj.monthly_return)
