"""Adding, changing and cancelling the shifts of a post."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.dates import format_time
from core.web.views import (
    ChangeView,
    ReasonView,
    RowFormView,
)
from volunteering import actions, permissions
from volunteering.forms import (
    ChangeShiftForm,
    ShiftFields,
    shift_initial,
)
from volunteering.models import Post, Shift
from volunteering.views.posts import KeptPostMixin


class AddShift(KeptPostMixin, RowFormView[Post]):
    """A record keeper adds a shift."""

    form_class = ShiftFields
    title = _("Add a shift")
    success_message = _("The shift was added.")

    def get_initial(self) -> dict[str, Any]:
        last = self.row.shifts.last()
        return shift_initial(last) if last is not None else {"capacity": 1}

    def run_action(self, form: Any) -> str:
        actions.add_shift(self.row, by=self.request.user, **form.shift_values())
        return self.row.get_absolute_url()


class ChangeShift(ChangeView[Shift]):
    """A record keeper corrects a shift."""

    model = Shift
    form_class = ChangeShiftForm
    title = _("Change the shift")

    def has_permission(self, obj: Shift) -> bool:
        return permissions.can_manage(self.request.user, obj.post)

    def get_initial(self) -> dict[str, Any]:
        return shift_initial(self.row)

    def run_action(self, form: Any) -> str:
        if form.is_changed():
            values = form.shift_values()
            shift = actions.change_shift(self.row, by=self.request.user, **values)
            self.success_message = describe_change(shift)
        return self.row.get_absolute_url()


def describe_change(shift: Shift) -> str:
    """Return that a shift was changed, and whom that leaves with two at one time."""
    clashes = [
        gettext("%(name)s (%(title)s, %(time)s)")
        % {
            "name": claim.member.name,
            "title": other.shift.post.title,
            "time": format_time(other.shift.starts_at),
        }
        for claim, other in actions.find_clashes(shift)
    ]
    if not clashes:
        return gettext("Saved.")
    text = gettext(
        "Saved. These members are now expected at another shift at the same time, and"
        " were asked to give one of the two back: %(names)s"
    )
    return text % {"names": "、".join(clashes)}


class CancelShift(ReasonView[Shift]):
    """A record keeper cancels a shift, with a reason."""

    model = Shift
    action = staticmethod(actions.cancel_shift)
    title = _("Cancel the shift")
    submit_label = _("Cancel the shift")
    success_message = _(
        "The shift was cancelled, and the members who claimed it were notified."
    )
    consequence = _(
        "The shift does not take place. Members who claimed it are "
        "notified of the reason, and their places are given back."
    )

    def has_permission(self, obj: Shift) -> bool:
        return permissions.can_manage(self.request.user, obj.post)
