"""Reads the forms of a page as a browser would send them."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

RULE_NUMBER = re.compile(r"\b(R-\d{1,3}|S\d-\d{1,3})\b")
VOID_OF_VALUE = {"submit", "button", "image", "reset", "file"}
TICKED = {"checkbox", "radio"}


@dataclass
class Form:
    """A form of a page: the values it sends unchanged, and the choices it offers.

    `buttons` are those that send it, each with what it adds; `files` are the fields
    that take a file.
    """

    action: str = ""
    method: str = "get"
    name: str = ""
    fields: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    def value(self, name: str) -> str:
        """The one value of a field, or nothing."""
        return (self.fields.get(name) or [""])[0]

    def sent(self, **values: Any) -> dict[str, Any]:
        """Return what is sent with these values filled in; `None` clears a field."""
        filled = {**self.fields, **values}
        return {name: value for name, value in filled.items() if value is not None}


@dataclass
class Page:
    """The forms of a page, in page order."""

    forms: list[Form]

    def posting(self) -> list[Form]:
        """The forms that write: sent by POST, with something to press."""
        return [form for form in self.forms if form.method == "post" and form.buttons]

    def form_to(self, part: str) -> Form | None:
        """The first writing form whose address has the part in it."""
        return next((form for form in self.posting() if part in form.action), None)


def read(answer: Any) -> Page:
    """Read the page that a test client was answered with."""
    reader = _Reader()
    reader.feed(answer.content.decode())
    reader.close()
    for form in reader.forms:
        form.action = form.action or answer.request["PATH_INFO"]
    return Page(reader.forms)


def hidden(answer: Any, name: str) -> str:
    """The first value that the page's writing forms carry under the name."""
    values = (form.value(name) for form in read(answer).posting())
    return next((value for value in values if value), "")


class _Reader(HTMLParser):
    """Gathers forms with their controls, those outside that name a form included."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select: tuple[Form, str, bool] | None = None
        self._text: list[str] | None = None
        self._area: tuple[Form, str] | None = None

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        attributes = {name: value or "" for name, value in attrs}
        handler = getattr(self, f"_start_{tag}", None)
        if handler is not None:
            handler(attributes)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._area is not None:
            form, name = self._area
            text = "".join(self._text or []).removeprefix("\n")
            form.fields.setdefault(name, []).append(text)
            self._area = self._text = None

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def _owner(self, attributes: dict[str, str]) -> Form | None:
        named = attributes.get("form")
        if not named:
            return self._form
        found = next((form for form in self.forms if form.name == named), None)
        if found is None:  # it comes later on the page
            found = Form(name=named)
            self.forms.append(found)
        return found

    def _start_form(self, attributes: dict[str, str]) -> None:
        known = (f for f in self.forms if f.name and f.name == attributes.get("id"))
        form = next(known, None)
        if form is None:
            form = Form(name=attributes.get("id", ""))
            self.forms.append(form)
        form.action, form.method = (
            attributes.get("action", ""),
            attributes.get("method", "get"),
        )
        form.method = form.method.lower()
        self._form = form

    def _start_input(self, attributes: dict[str, str]) -> None:
        form, name = self._owner(attributes), attributes.get("name", "")
        kind, value = attributes.get("type", "text"), attributes.get("value", "")
        if form is not None and kind == "submit":
            form.buttons.append((name, value))
        if form is not None and kind == "file":
            form.files.append(name)
        if (
            form is None
            or not name
            or "disabled" in attributes
            or kind in VOID_OF_VALUE
        ):
            return
        if kind in TICKED:
            form.choices.setdefault(name, []).append(value or "on")
            if "checked" not in attributes:
                return
            value = value or "on"
        form.fields.setdefault(name, []).append(value)

    def _start_button(self, attributes: dict[str, str]) -> None:
        form, name = self._owner(attributes), attributes.get("name", "")
        if form is not None and attributes.get("type", "submit") == "submit":
            form.buttons.append((name, attributes.get("value", "")))

    def _start_select(self, attributes: dict[str, str]) -> None:
        form, name = self._owner(attributes), attributes.get("name", "")
        if form is not None and name and "disabled" not in attributes:
            self._select = form, name, "multiple" in attributes

    def _start_option(self, attributes: dict[str, str]) -> None:
        if self._select is None:
            return
        form, name, multiple = self._select
        value = attributes.get("value", "")
        offered = form.choices.setdefault(name, [])
        if "selected" in attributes:
            chosen = form.fields.setdefault(name, [])
            form.fields[name] = [*chosen, value] if multiple else [value]
        elif not offered and not multiple:
            form.fields[name] = [value]  # the first is selected by default
        offered.append(value)

    def _start_textarea(self, attributes: dict[str, str]) -> None:
        form, name = self._owner(attributes), attributes.get("name", "")
        if form is not None and name:
            self._area, self._text = (form, name), []


def shows_rule_number(answer: Any) -> bool:
    """Whether a page shows the number of one of the rules that the code follows."""
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return False
    return RULE_NUMBER.search(answer.content.decode("utf-8", "ignore")) is not None
