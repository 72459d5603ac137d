"""Where a guest belongs: written down at the place of the check-in."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.web.views import ReadFirstView
from members import actions, permissions
from members.actions.checkins import refuse_who_belongs_here
from members.checkin_basis import home_branch_of
from members.forms import HomeBranchForm
from members.models import Member


class NoteHomeBranch(ReadFirstView[Member]):
    """The place of check-in notes where a guest belongs, as the branch is called."""

    model = Member
    read_with = ("check_ins",)
    form_class = HomeBranchForm
    action = staticmethod(actions.note_home_branch)
    title = _("Branch elsewhere")

    def has_permission(self, obj: Member) -> bool:
        return permissions.can_end_check_in(self.request.user, obj)

    def refuse_beforehand(self) -> None:
        """Refuse of whom an organization here says it."""
        refuse_who_belongs_here(self.row)

    def get_initial(self) -> dict[str, Any]:
        return {"home_branch": home_branch_of(self.row)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row.name, **kwargs)
