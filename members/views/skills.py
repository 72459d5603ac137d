"""The page of a member's own skills; what two windows changed is merged."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.audit import was_last_changed_by
from core.errors import DomainError, EditConflict, OwnEditConflict
from core.web.edit_conflicts import VERSION_TOKEN, merged_data, overtaken_values
from core.web.shown_values import stamp_of
from core.web.views import ActionFormView
from members import actions
from members.actions.affiliations import lock_member
from members.forms import SkillsForm
from members.models import CheckIn, Member
from members.views.own import OwnPageView


class Skills(OwnPageView, ActionFormView):
    """The member's own skills and free times, for suitable posts.

    Another window's ticks, and its text where this one left it alone, stay; if both
    wrote another text, they are shown side by side.
    """

    form_class = SkillsForm
    title = _("What I can do and like")

    def get_initial(self) -> dict[str, Any]:
        here = self._check_in()
        stored = Member.objects.get(pk=self.member.pk)
        return {
            "skills": stored.skills,
            "interests": stored.interests,
            "free_hours": stored.free_hours,
            "available": here.available if here else "",
            "willing": here.willing if here else "",
        }

    def _check_in(self) -> CheckIn | None:
        return self.member.check_ins.filter(ends_on=None).first()

    def get_form(self, form_class: Any = None) -> Any:
        """Return the form; free times belong to a check-in."""
        form = super().get_form(form_class)
        if self._check_in() is None:
            del form.fields["available"], form.fields["willing"]
        form.fields[VERSION_TOKEN].initial = lambda: stamp_of(form, "")
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=reverse("members:me"), **kwargs)

    def check_version(self, form: Any) -> None:
        """Refuse a form whose values another window has changed since it was opened."""
        member = lock_member(self.member)
        token = form.cleaned_data.get(VERSION_TOKEN)
        if token and token != stamp_of(self.get_form(), ""):
            is_own = was_last_changed_by(member, self.request.user)
            raise OwnEditConflict if is_own else EditConflict

    def show_refusal(self, form: Any, refusal: DomainError) -> HttpResponse:
        """Merge what was changed in both windows; show what cannot be merged."""
        if not isinstance(refusal, EditConflict):
            return super().show_refusal(form, refusal)
        stored = self.get_form()
        stored.is_valid()
        conflicts = overtaken_values(stored)
        merged = self.get_form()
        merged.data = merged_data(stored)
        if not conflicts and merged.is_valid():
            return self.form_valid(merged)
        merged.add_error(None, str(refusal))
        return self._show_conflicts(self.request, merged, conflicts)

    def _show_conflicts(
        self, request: HttpRequest, form: Any, conflicts: list[Any]
    ) -> HttpResponse:
        context = self.get_context_data(form=form, conflicts=conflicts)
        return render(request, "core/conflict.html", context, status=409)

    def run_action(self, form: Any) -> str:
        values = {"available": "", **form.action_values()}
        actions.set_skills(self.member, by=self.request.user, **values)
        return reverse("members:me")
