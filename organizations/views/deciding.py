"""What the pages of decisions share: typed, looked at on a page of its own, done."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext_lazy as _

from core.db.tree import path_range
from core.errors import ChangedSinceRead, DomainError
from core.months import today
from core.web.components import Link
from core.web.idempotency import KEY
from core.web.read_first import CONFLICT
from core.web.views import ReadFirstView
from organizations import permissions
from organizations.actions import refuse_ended
from organizations.large_decisions import LARGE, order_decision
from organizations.mergers import Moving, list_ending
from organizations.models import Organization
from organizations.roles import Role
from organizations.views.organization import breadcrumbs_of
from organizations.views.previews import (
    Preview,
    lies_beside_returns,
    lines_of,
    try_out,
)

LOOKED_AT = "looked"
"""In an address: which of the decisions that are being looked at."""
KEPT = "decisions_looked_at"
"""What was typed of each decision that is being looked at, in the session."""
HANDED_OVER = _(
    "So much goes along that it is worked out in the background. You may leave this"
    " page; your desk shows when there is something to look at."
)
MOST_KEPT = 10
TOKEN_SHOWN = 16


class PreviewOvertaken(ChangedSinceRead):
    """A decision would do something else now than its preview showed."""


class NoLongerPossible(DomainError):
    """What was typed does not fit any more when a worker comes to it."""

    message = _(
        "What was typed does not fit any more, so nothing was changed: %(problems)s"
        " Enter the decision again."
    )


def describe_errors(form: Any) -> str:
    """Return what is wrong with a form, as sentences."""
    return " ".join(str(one) for errors in form.errors.values() for one in errors)


class Decide(ReadFirstView[Organization]):
    """A decision of the street: what was typed is previewed, then carried out."""

    model = Organization
    template_name = "organizations/decision.html"
    submit_label = _("See what changes")
    is_ordered = True  # a worker may open it: see `organizations.large_decisions`
    do_label = _("Carry it out")

    def get_rows(self) -> Any:
        rows = Organization.objects.readable_by(self.request.user)
        return rows.select_related("parent", "guidance_parent")

    def has_permission(self, obj: Organization) -> bool:
        above = obj.parent
        return above is not None and permissions.can_change_tree(
            self.request.user, above
        )

    def decide(self, form: Any) -> Organization:
        """Carry the decision out; return the organization whose page is shown."""
        raise NotImplementedError

    def concerned(self, form: Any) -> list[Organization]:
        """Return the organizations whose figures may change."""
        return [self.row]

    def moving(self, form: Any) -> Iterable[Moving]:
        """Return the records that go along; none unless something is dissolved."""
        return ()

    def place_of(self, form: Any) -> Organization | None:
        """Return where the organization or its members come to lie; None if nowhere."""
        return None

    def below(self) -> list[Organization]:
        """Return what lies below and goes along; nothing where only the row changes."""
        return []

    def run_action(self, form: Any) -> str:
        """Carry it out, or have a worker look at it where very much goes along."""
        if self.is_large(form):
            return self._hand_over(form)
        return self.carry_out(form)

    def is_large(self, form: Any) -> bool:
        """Whether more goes along than a page has time for."""
        return sum(len(kind.rows) for kind in self.moving(form)) > LARGE

    def _hand_over(self, form: Any) -> str:
        """Let a worker work out what changes; return the page that will show it."""
        self.success_message = HANDED_OVER
        typed = form.data.copy()
        for name in ("csrfmiddlewaretoken", KEY, "previewed"):
            typed.pop(name, None)
        hand_over = order_decision.get()
        title = f"{self.row.name}：{self.title}"
        return hand_over(self.request.path, typed.urlencode(), title, self.request.user)

    def ordered_form(self) -> Any:
        """Return the form that a worker got, valid; refuse what cannot be done now."""
        self.row = self.get_permitted_object()
        self.refuse_beforehand()
        form = self.get_form()
        if not form.is_valid():
            raise NoLongerPossible(problems=describe_errors(form))
        return form

    def look(self, form: Any) -> tuple[dict[str, Any], str]:
        """Return for a worker what would change, and the token of just that."""
        with transaction.atomic():
            self.check_version(form)
            preview = self.preview(form)
        return preview.as_data(), form.token_of_preview(preview.texts())

    def carry_out(self, form: Any) -> str:
        """Carry it out, if it does what the preview showed; take it back if not."""
        done: list[Organization] = []

        def run() -> Organization:
            done.append(self.decide(form))
            return done[0]

        preview = self.preview(form, run=run)
        if not form.has_shown(preview.texts()):
            raise PreviewOvertaken
        return done[0].get_absolute_url()

    def form_valid(self, form: Any) -> HttpResponse:
        if form.is_previewed() or self.is_large(form):
            answer = super().form_valid(form)
            if answer.status_code == HTTPStatus.FOUND:
                self._forget(form)
            return answer
        try:
            with transaction.atomic():
                self.check_version(form)
                self.preview(form)
        except DomainError as refusal:
            return self.show_refusal(form, refusal)
        return HttpResponseRedirect(self._keep(form))

    def _address_of(self, token: str) -> str:
        """Return where what was typed is looked at: each tab has an address."""
        return f"{self.request.path}?{LOOKED_AT}={token[:TOKEN_SHOWN]}"

    def _keep(self, form: Any) -> str:
        """Keep what was typed; return the address at which it is looked at."""
        address = self._address_of(form.token())
        kept = self.request.session.get(KEPT, {})
        others = [item for item in kept.items() if item[0] != address]
        typed = (address, self.request.POST.urlencode())
        self.request.session[KEPT] = dict([*others, typed][-MOST_KEPT:])
        return address

    def _forget(self, form: Any) -> None:
        """Forget what was carried out; other tabs keep theirs."""
        kept = self.request.session.get(KEPT, {})
        if kept.pop(self._address_of(form.token()), None) is not None:
            self.request.session[KEPT] = kept

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, or what was typed with what it changes.

        The preview is a page of its own address: whoever comes back to it with the
        browser's button is not asked to send a form again.
        """
        address = self._address_of(request.GET.get(LOOKED_AT, ""))
        typed = request.session.get(KEPT, {}).get(address)
        if typed is None:
            return super().get(request, *args, **kwargs)
        setattr(request, "restored_form", QueryDict(typed, mutable=True))  # noqa: B010
        form = self.get_form()
        if not form.is_valid():
            return self.form_invalid(form)
        try:
            preview = self.preview(form)
        except DomainError as refusal:
            return self.show_refusal(form, refusal)
        return self._show_preview(form, preview)

    def _show_preview(
        self, form: Any, preview: Preview, status: int = HTTPStatus.OK
    ) -> HttpResponse:
        """Show what changes; what is carried out is this and nothing else."""
        form.data["previewed"] = form.token_of_preview(preview.texts())
        context = self.get_context_data(
            form=form, preview=preview, submit_label=self.do_label
        )
        return self.render_to_response(context, status=status)

    def refuse_beforehand(self) -> None:
        refuse_ended(self.row)

    def show_refusal(self, form: Any, refusal: DomainError) -> HttpResponse:
        """Look at it anew before it is carried out over what has changed."""
        if isinstance(refusal, PreviewOvertaken):
            return self._show_anew(form, refusal)
        if isinstance(refusal, ChangedSinceRead):
            form.data = form.data.copy()
            form.data["previewed"] = ""
        return super().show_refusal(form, refusal)

    def _show_anew(self, form: Any, refusal: DomainError) -> HttpResponse:
        """Show what would change now; sending it again carries out that."""
        self.row = self.get_object()
        form = self.get_form()
        form.data = form.data.copy()
        if not form.is_valid():
            return self.form_invalid(form)
        try:
            preview = self.preview(form)
        except DomainError as later:
            return super().show_refusal(form, later)
        form.add_error(None, str(refusal))
        return self._show_preview(form, preview, status=CONFLICT)

    def preview(
        self, form: Any, run: Callable[[], Organization] | None = None
    ) -> Preview:
        """Return what would change; refuse what would be refused.

        A `run` that carries the decision out is not taken back.
        """
        moving, below = [*self.moving(form)], self.below()
        kind = form.cleaned_data.get("kind", self.row.kind)
        place = self.place_of(form)
        beside = place is not None and lies_beside_returns(kind, place)
        lost = list_ending(moving, place) if place is not None else []
        ending = [str(one) for one in lost]
        lines = [*lines_of(moving, below, ending)]  # said before anything moves
        months, findings = try_out(
            run or (lambda: self.decide(form)),
            self.concerned(form),
            form.cleaned_data.get("on") or today(),
            keep=run is not None,
        )
        return Preview(months, moving, below, beside, ending, findings, lines)

    def subtree(self) -> list[Organization]:
        """Return the open organizations below the one that is decided about."""
        rows = Organization.objects.open().filter(path_range("", self.row.path))
        return [*rows.exclude(pk=self.row.pk).order_by("path")]

    def managed(self) -> Any:
        """Return the open organizations of the person's street."""
        rows = Organization.objects.in_scope_of(self.request.user, {Role.STREET_STAFF})
        return rows.open()

    def elsewhere(self) -> Any:
        """Return those outside of the organization that is decided about."""
        return self.managed().exclude(path_range("", self.row.path))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = breadcrumbs_of(self.row, self.request.user)
        crumbs[-1] = Link(self.row.name, self.row.get_absolute_url())
        extra = {"breadcrumbs": [*crumbs, Link(self.title)], "lead": self.row.name}
        return super().get_context_data(**{**extra, **kwargs})
