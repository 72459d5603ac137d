"""Admin pages that write through actions.

A subclass names its actions (`add_action`, `change_action`, `end_action`); without one
the write is not offered. Refusals appear on the form, a form opened before somebody
else's change is a conflict, a form sent twice is saved once.
"""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.admin.forms import ActionBackedForm, EndForm, typed_into
from core.admin.scoping import ScopedAdmin
from core.audit import history_of
from core.audit.presentation import present_entries
from core.errors import DomainError
from core.web.edit_conflicts import VERSION_TOKEN, lock_unchanged
from core.web.forms import ReasonForm
from core.web.idempotency import KEY
from core.web.writing import is_sent_again, run_write

REFUSAL = "_action_refusal"
ActionLike = Callable[..., Any]


class ActionBackedAdmin(ScopedAdmin):
    """An admin whose writes call actions."""

    repeated_message = _("This was saved already; nothing was saved twice.")

    form = ActionBackedForm
    add_form: type[ActionBackedForm] | None = None
    add_fields: tuple[str, ...] = ()
    end_form: EndForm = ReasonForm
    end_label: Any = _("End …")
    change_form_template = "admin/action_change_form.html"
    add_action: ClassVar[ActionLike | None] = None
    change_action: ClassVar[ActionLike | None] = None
    end_action: ClassVar[ActionLike | None] = None

    # Permissions -----------------------------------------------------------------

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.add_action is not None and self.may_manage_any(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if self.change_action is None or not self.may_manage_any(request):
            return False
        return obj is None or self.may_manage(request, obj)

    def may_end(self, request: HttpRequest, obj: Any) -> bool:
        """Whether the row is still open and the reader may change it."""
        ended = getattr(obj, "ended_on", None) or getattr(obj, "ends_on", None)
        return (
            self.end_action is not None and not ended and self.may_manage(request, obj)
        )

    # The form --------------------------------------------------------------------

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None and self.add_fields:
            return self.add_fields
        return super().get_fields(request, obj)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        own = [KEY, VERSION_TOKEN]
        writes = obj is None or self.has_change_permission(request, obj)
        # Readers who cannot change the row need no parameters of the action.
        left_out = own if writes else [*own, *self.form.parameter_fields]
        fieldsets = [
            (name, {**set_, "fields": [f for f in set_["fields"] if f not in left_out]})
            for name, set_ in super().get_fieldsets(request, obj)
        ]
        if writes:
            fieldsets.append((None, {"fields": own, "classes": ["action-hidden"]}))
        return fieldsets

    def get_form(
        self,
        request: HttpRequest,
        obj: Any = None,
        change: bool = False,  # noqa: FBT001, FBT002 -- Django's
        **kwargs: Any,
    ) -> Any:
        if obj is None and self.add_form is not None:
            kwargs.setdefault("form", self.add_form)
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, REFUSAL, None)
        form.restored = getattr(request, "restored_form", None)
        form.sent_again = is_sent_again(request)
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Run the stock view; a refusal rolls back and is shown on the form."""
        if IS_POPUP_VAR in {**request.GET, **request.POST}:
            raise SuspiciousOperation("Records are not created in popup windows.")
        extra = {**(extra_context or {}), "end_label": ""}
        if object_id is not None:
            row = self.get_permitted_object(request, object_id)
            extra |= {
                "title": str(row),
                "subtitle": capfirst(str(self.opts.verbose_name)),
                "end_label": self.end_label if self.may_end(request, row) else "",
            }

        def run() -> Any:
            view = super(ActionBackedAdmin, self).changeform_view
            return view(request, object_id, form_url, extra)

        def show_refusal(refusal: DomainError) -> Any:
            setattr(request, REFUSAL, refusal)
            return run()

        if request.method != "POST":
            return run()
        return self.run_view_once(request, run, on_refusal=show_refusal)

    def get_permitted_object(self, request: HttpRequest, object_id: str) -> Any:
        """Return the row with this key; forbidden is 403, invisible is 404."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        return row

    # Writing ---------------------------------------------------------------------

    def run_view_once(
        self,
        request: HttpRequest,
        view: Callable[[], Any],
        *,
        on_refusal: Callable[[DomainError], Any],
    ) -> Any:
        """Run a view that saves, once for the form's key.

        A refusal rolls everything back and `on_refusal` responds; an invalid form is
        shown again.
        """
        responses: list[Any] = []

        def location_of_result() -> str:
            responses.append(view())
            location = getattr(responses[0], "url", "")
            if not location:
                raise _NotSaved
            return str(location)

        try:
            run_write(request, location_of_result)
        except DomainError as refusal:
            return on_refusal(refusal)
        except _NotSaved:
            pass
        return responses[0]

    def run_form(
        self, request: HttpRequest, form: Any, run: Callable[[], str]
    ) -> HttpResponse | None:
        """Run the write of a page's form, if it is sent and valid; go to its result.

        A refusal stands on the form, which is then shown again.
        """
        if request.method != "POST" or not form.is_valid():
            return None
        try:
            return HttpResponseRedirect(run_write(request, run))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return None

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: Any
    ) -> None:
        """Call the action; the stock save never runs."""
        if change:
            self._change(request, obj, form)
            return
        created = _action(self, "add_action")(
            **self.for_add(request, form.action_values())
        )
        obj.__dict__.update(created.__dict__)

    def _change(self, request: HttpRequest, obj: Any, form: Any) -> None:
        token = form.cleaned_data.get(VERSION_TOKEN)
        locked = lock_unchanged(obj, token, by=request.user)
        if values := form.changed_values():
            _action(self, "change_action")(locked, **self.for_change(request, values))

    def for_add(
        self, request: HttpRequest, values: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return the arguments of the add action."""
        return {**values, "by": request.user}

    def for_change(
        self, request: HttpRequest, values: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return the arguments of the change action, apart from the row."""
        return {**values, "by": request.user}

    def save_related(self, request: Any, form: Any, formsets: Any, change: Any) -> None:
        """Do nothing: the actions write everything."""

    def log_addition(self, request: Any, obj: Any, message: Any) -> Any:
        """Do nothing: the action wrote the audit log."""

    def log_change(self, request: Any, obj: Any, message: Any) -> Any:
        """Do nothing: the action wrote the audit log."""

    # Ending and history ----------------------------------------------------------

    def get_urls(self) -> Any:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view: Any = self.admin_site.admin_view(self.end_view)
        view.model_admin = self  # as Django marks its own
        end = path("<path:object_id>/end/", view, name=f"{name}_end")
        stock = (url for url in super().get_urls() if url.name != f"{name}_delete")
        return [end, *stock] if self.end_action is not None else [*stock]

    def get_end_form(self, row: models.Model, data: Any) -> Any:
        """Return the form that asks before the row is ended; it may depend on it."""
        return self.end_form(data)

    def end_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for the reason, then run the end action."""
        row = self.get_permitted_object(request, object_id)
        if not self.may_end(request, row):
            raise PermissionDenied
        form = self.get_end_form(row, typed_into(request))
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"

        def run() -> str:
            values = form.action_values()
            _action(self, "end_action")(row, by=request.user, **values)
            return reverse(name, args=[row.pk])

        if (response := self.run_form(request, form, run)) is not None:
            messages.success(request, gettext("Ended."))
            return response
        return self._page(
            request, "admin/action_end.html", row, title=self.end_label, form=form
        )

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Show the record's entries in the audit log."""
        row = self.get_permitted_object(request, object_id)
        entries = present_entries(history_of(row, request.user))
        extra = {"title": _("History"), "entries": entries}
        return self._page(request, "admin/action_history.html", row, **extra)

    def _page(
        self, request: HttpRequest, template: str, row: models.Model, **extra: Any
    ) -> HttpResponse:
        request.current_app = self.admin_site.name
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": row,
            **extra,
        }
        return TemplateResponse(request, template, context)


class ReadOnlyAdmin(ActionBackedAdmin):
    """An admin of records that are changed elsewhere, or never."""

    def get_offered_rows(self, name: str, manager: Any, request: HttpRequest) -> Any:
        """Offer nothing: no field is edited here."""
        return manager.none()


class _NotSaved(Exception):
    """The form was shown again: there is no result to remember."""


def _action(admin: ActionBackedAdmin, name: str) -> ActionLike:
    """Return an action named by the class, unbound: it takes no admin as `self`."""
    action: ActionLike = getattr(type(admin), name)
    return action
