"""Forms that answer what somebody entered: they apply to what the page showed.

Who approves, accepts, confirms, voids or settles something decides about what they
have read. The page carries a token of the rows it shows; the write locks the row, and
where the token no longer fits nothing is done and the page is shown as it is now.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, ClassVar, TypeVar

from django import forms
from django.conf import settings
from django.db import models
from django.http import HttpResponse
from django.utils import translation

from core.errors import ChangedSinceRead, DomainError
from core.web.edit_conflicts import MAX_TOKEN, VERSION_TOKEN, version_token
from core.web.form_views import RowFormView

M = TypeVar("M", bound=models.Model)
F = TypeVar("F", bound=forms.Form)

CONFLICT = 409
READ_BEFORE = "read"
"""In an address: the token of the page on which the person came to the form."""


def token_of(rows: Iterable[models.Model], texts: Iterable[str] = ()) -> str:
    """Digest rows, in whatever order they come, and what else the page says."""
    lines = sorted(f"{row._meta.label} {row.pk} {version_token(row)}" for row in rows)
    return token_of_texts([*lines, *texts])


def token_of_texts(texts: Iterable[str]) -> str:
    """Digest what a person reads, where only a part of a row matters to them."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:32]


def tokens_of_each(rows: Mapping[int, Iterable[models.Model]]) -> str:
    """Return one text with a token for each entry of a list, by its key."""
    return " ".join(f"{key}={token_of(shown)[:16]}" for key, shown in rows.items())


def overtaken_keys(text: str, rows: Mapping[int, Iterable[models.Model]]) -> set[int]:
    """Return the keys of the entries that are not as the list showed them."""
    shown = {*text.split()}
    return {key for key, now in rows.items() if tokens_of_each({key: now}) not in shown}


def add_token(form: F, token: str | Callable[[], str]) -> F:
    """Return the form with the token of what its page shows.

    A page that holds the form of another address adds that view's token to it.
    """
    field = forms.CharField(
        max_length=MAX_TOKEN, required=False, widget=forms.HiddenInput, initial=token
    )
    form.fields = {**form.fields, VERSION_TOKEN: field}
    return form


def rows_along(row: models.Model, paths: Iterable[str]) -> Iterator[models.Model]:
    """Yield the rows to which paths of relations lead (`case.steps`)."""
    for path in paths:
        found = [row]
        for name in path.split("."):
            found = [one for each in found for one in _related(each, name)]
        yield from found


def _related(row: models.Model, name: str) -> list[models.Model]:
    related = getattr(row, name, None)
    if related is None:
        return []
    return [*related.all()] if isinstance(related, models.Manager) else [related]


def lock_row(row: models.Model) -> None:
    """Lock a row until the transaction ends."""
    rows = type(row)._default_manager.select_for_update(of=("self",))
    rows.filter(pk=row.pk).first()


class ReadListMixin:
    """For a form over what is ticked in a list, which shows a token of each row.

    `list_url_name` is the address of the list; its context has the `version_token`.
    """

    list_url_name: ClassVar[str]


class ReadFirstView(RowFormView[M]):
    """A form over a row that applies to what its page showed.

    `shown_rows` are the rows that others may change meanwhile, and `shown_texts` what
    the page says of others, of which the rest does not matter here. `read_with` leads
    from the row to what is read with it, by the names of relations (`case.steps`).
    """

    read_with: ClassVar[tuple[str, ...]] = ()

    def shown_rows(self, row: M) -> Iterable[models.Model]:
        """Return what the person reads before they decide.

        What lies below the row is read anew: the row itself may have been kept.
        """
        return [row, *rows_along(row, self.read_with)]

    def shown_texts(self, row: M) -> Iterable[str]:
        """Return what else is said: the row's name, in which others may be named."""
        return [str(row)]

    def read_token(self, row: M) -> str:
        """Return the token of what is shown, the same in every language."""
        with translation.override(settings.LANGUAGE_CODE):
            return token_of(self.shown_rows(row), [*self.shown_texts(row)])

    def was_read(self, row: M, form: Any) -> bool:
        """Whether the form was sent from a page that showed the row as it is."""
        token = form.data.get(form.add_prefix(VERSION_TOKEN), "")
        return bool(token == self.read_token(row))

    def say_overtaken(self, row: M) -> ChangedSinceRead:
        """Return what is said where the page was overtaken."""
        return ChangedSinceRead()

    def get_form(self, form_class: Any = None) -> Any:
        """Return the form with the token of what is shown beside it."""
        form = super().get_form(form_class)
        return add_token(form, self._token_to_show)

    def _token_to_show(self) -> str:
        """Return the token with which the person came, or that of the rows now."""
        return self.request.GET.get(READ_BEFORE) or self.read_token(self.row)

    def check_version(self, form: Any) -> None:
        """Refuse what was decided about something else than what stands there now."""
        super().check_version(form)
        lock_row(self.row)
        row = self.get_object()
        if not self.was_read(row, form):
            self.row = row
            self.refuse_beforehand()
            raise self.say_overtaken(row)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Say first that the page was overtaken, whatever else is missing."""
        if not self.was_read(self.row, form):
            return self.show_refusal(form, self.say_overtaken(self.row))
        return super().form_invalid(form)

    def show_refusal(self, form: Any, refusal: DomainError) -> HttpResponse:
        """Show the page as it is now; sending it again applies to that."""
        if not isinstance(refusal, ChangedSinceRead):
            return super().show_refusal(form, refusal)
        form.data = form.data.copy()
        form.data[form.add_prefix(VERSION_TOKEN)] = self.read_token(self.row)
        form.add_error(None, str(refusal))
        answer = super().form_invalid(form)
        answer.status_code = CONFLICT
        return answer
