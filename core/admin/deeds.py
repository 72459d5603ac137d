"""Records kept in the browser, each write a deed.

A subclass names its deeds (`add_deed`, `change_deed`, `end_deed`); what it does not
name cannot be done. Refusals appear on the form, a form opened before somebody else's
change is a conflict, a form sent twice is saved once.
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
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.admin.forms import DeedForm, EndForm
from core.admin.scoping import ScopedAdmin
from core.constraints import rules_speak
from core.errors import DomainError, StaleForm
from core.forms import KEY, STALE, ReasonForm, stale_token
from core.history import told
from core.idempotency import once
from core.trail import history_of

REFUSAL = "_deed_refusal"
Deed = Callable[..., Any]


class DeedAdmin(ScopedAdmin):
    """Records kept in the browser, each write a deed."""

    form = DeedForm
    add_form: type[DeedForm] | None = None
    add_fields: tuple[str, ...] = ()
    end_form: EndForm = ReasonForm
    end_label: Any = _("End …")
    change_form_template = "admin/deed_change_form.html"
    add_deed: ClassVar[Deed | None] = None
    change_deed: ClassVar[Deed | None] = None
    end_deed: ClassVar[Deed | None] = None

    # Who may do what -------------------------------------------------------------

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.add_deed is not None and self.keeps(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if self.change_deed is None or not self.keeps(request):
            return False
        return obj is None or self.managed(request, obj)

    def may_end(self, request: HttpRequest, obj: Any) -> bool:
        """Whether the reader may end the row: it has not ended, and he keeps it."""
        ended = getattr(obj, "ended_on", None) or getattr(obj, "ends_on", None)
        return self.end_deed is not None and not ended and self.managed(request, obj)

    # The form --------------------------------------------------------------------

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None and self.add_fields:
            return self.add_fields
        return super().get_fields(request, obj)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        own = [KEY, STALE]
        writes = obj is None or self.has_change_permission(request, obj)
        # Who only looks is not asked how the deed is to be done.
        left_out = own if writes else [*own, *self.form.beside]
        shown = [
            (name, {**set_, "fields": [f for f in set_["fields"] if f not in left_out]})
            for name, set_ in super().get_fieldsets(request, obj)
        ]
        if writes:
            shown.append((None, {"fields": own, "classes": ["deed-hidden"]}))
        return shown

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
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Run the stock view; a refusal rolls back and comes back on the form."""
        if IS_POPUP_VAR in {**request.GET, **request.POST}:
            raise SuspiciousOperation("Records are not made in windows of their own.")
        label = ""
        if object_id is not None:
            row = self.found(request, object_id)
            label = self.end_label if self.may_end(request, row) else ""
        extra = {**(extra_context or {}), "end_label": label}

        def run() -> Any:
            view = super(DeedAdmin, self).changeform_view
            return view(request, object_id, form_url, extra)

        return run() if request.method != "POST" else self._sent(request, run)

    def _sent(self, request: HttpRequest, run: Callable[[], Any]) -> Any:
        """Save what was sent; a refusal shows the form again and says why."""
        try:
            with rules_speak():
                return self.done_once(request, run)
        except DomainError as refusal:
            setattr(request, REFUSAL, refusal)
        return run()

    def found(self, request: HttpRequest, object_id: str) -> Any:
        """Return the row the address names; forbidden is 403, invisible is 404."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        return row

    # Writing ---------------------------------------------------------------------

    def done_once(self, request: HttpRequest, run: Callable[[], Any]) -> Any:
        """Save under the form's key: a second sending leads to the first's result."""
        answer: list[Any] = []

        def act() -> str:
            answer.append(run())
            location = getattr(answer[0], "url", "")
            if not location:
                raise _NotSaved
            return str(location)

        try:
            location, new = once(request.POST.get(KEY, ""), by=request.user, act=act)
        except _NotSaved:
            return answer[0]
        if new:
            return answer[0]
        messages.info(
            request, gettext("This was saved already; nothing was saved twice.")
        )
        return HttpResponseRedirect(location)

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: Any
    ) -> None:
        """Call the deed; the stock save never runs."""
        if change:
            self._change(request, obj, form)
            return
        made = _deed(self, "add_deed")(**self.for_add(request, form.deed_values()))
        obj.__dict__.update(made.__dict__)

    def _change(self, request: HttpRequest, obj: Any, form: Any) -> None:
        rows = self.model._default_manager.select_for_update(of=("self",))
        locked = rows.get(pk=obj.pk)
        if form.cleaned_data.get(STALE) != stale_token(locked):
            raise StaleForm
        if values := form.changed_values():
            _deed(self, "change_deed")(locked, **self.for_change(request, values))

    def for_add(
        self, request: HttpRequest, values: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return what the adding deed is called with."""
        return {**values, "by": request.user}

    def for_change(
        self, request: HttpRequest, values: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return what the changing deed is called with, beside the row."""
        return {**values, "by": request.user}

    def save_related(self, request: Any, form: Any, formsets: Any, change: Any) -> None:
        """Deeds write everything; there is nothing left to save."""

    def log_addition(self, request: Any, obj: Any, message: Any) -> Any:
        """The deed wrote the trail."""

    def log_change(self, request: Any, obj: Any, message: Any) -> Any:
        """The deed wrote the trail."""

    # Ending and looking back -----------------------------------------------------

    def get_urls(self) -> Any:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        end = path(
            "<path:object_id>/end/",
            self.admin_site.admin_view(self.end_view),
            name=f"{name}_end",
        )
        stock = (url for url in super().get_urls() if url.name != f"{name}_delete")
        return [end, *stock] if self.end_deed is not None else [*stock]

    def end_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for the reason, then end the record by its deed."""
        row = self.found(request, object_id)
        if not self.may_end(request, row):
            raise PermissionDenied
        form = self.end_form(request.POST or None)
        if request.method == "POST" and form.is_valid():
            location = self._ended(request, row, form)
            if location:
                return HttpResponseRedirect(location)
        return self._page(
            request, "admin/deed_end.html", row, title=self.end_label, form=form
        )

    def _ended(self, request: HttpRequest, row: models.Model, form: Any) -> str:
        """Return where to go after the deed, or nothing where it refused."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        values = {k: v for k, v in form.cleaned_data.items() if k != KEY}

        def act() -> str:
            _deed(self, "end_deed")(row, by=request.user, **values)
            return reverse(name, args=[row.pk])

        try:
            with rules_speak():
                location, _new = once(form.cleaned_data[KEY], by=request.user, act=act)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return ""
        messages.success(request, gettext("Ended."))
        return location

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Show what the one trail knows of the record."""
        row = self.found(request, object_id)
        entries = told(history_of(row, request.user))
        return self._page(
            request, "admin/deed_history.html", row, title=_("History"), entries=entries
        )

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


class LookAdmin(DeedAdmin):
    """Records that are looked at here and changed elsewhere, or never."""

    def offered(self, name: str, manager: Any, request: HttpRequest) -> Any:
        """Offer nothing: no field stands open to a choice here."""
        return manager.none()


class _NotSaved(Exception):
    """The form was shown again: there is no result to remember."""


def _deed(keeper: DeedAdmin, name: str) -> Deed:
    """Return a deed that the keeper's class names, as the plain function it is."""
    deed: Deed = getattr(type(keeper), name)
    return deed
