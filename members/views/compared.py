"""Forms over a member that another window may have overtaken."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from core.errors import DomainError
from core.web.views import RowFormView
from members.actions.affiliations import lock_member
from members.actions.overtaken import Situation, refuse_overtaken, situation_of
from members.models import Member

SHOWN = "shown_standing"


class ComparedView(RowFormView[Member]):
    """Base of forms over a member: they are refused where it stands otherwise by now.

    A form carries what its page showed of the situations named in `compared`.
    """

    compared: ClassVar[tuple[Situation, ...]] = (Situation.BELONGING,)

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if self.compared:
            form.fields[SHOWN] = forms.CharField(
                required=False,
                widget=forms.HiddenInput,
                initial=situation_of(self.row, self.compared),
            )
        return form

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say who recorded what since the form was opened, and open it anew.

        Compared before the form is checked, because its choices may have changed too.
        """
        try:
            self._refuse_overtaken(self.row, request.POST.get(SHOWN))
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(self._address_to_go_on())
        return super().post(request, *args, **kwargs)

    def check_version(self, form: Any) -> None:
        super().check_version(form)
        if self.compared:
            form.cleaned_data.pop(SHOWN, None)  # no argument of the action
            shown = self.request.POST.get(SHOWN)
            self._refuse_overtaken(lock_member(self.row), shown)

    def _refuse_overtaken(self, member: Member, shown: str | None) -> None:
        refuse_overtaken(member, self.compared, shown, by=self.request.user)

    def _address_to_go_on(self) -> str:
        """Return the address of the form, or of the member if it is of no use now."""
        try:
            self.refuse_beforehand()
        except DomainError:
            return self.row.get_absolute_url()
        return self.request.path
