"""No browser chooses for a person: lists without a default begin without a choice."""

import pytest
from django import forms
from django.db import transaction
from django.urls import reverse

from core.web.blank_choices import BlankChoicesMixin
from tests.access_matrix.tables import all_access
from tests.html import read
from tests.test_access_matrix import signed_in

REASONS = (("died", "去世"), ("expelled", "开除"))


class ReasonForm(BlankChoicesMixin, forms.Form):
    reason = forms.ChoiceField(choices=REASONS)
    usual = forms.ChoiceField(choices=REASONS, initial="died")
    only = forms.ChoiceField(choices=REASONS[:1])
    free = forms.ChoiceField(choices=REASONS, required=False)
    called = forms.ChoiceField(choices=lambda: REASONS)


def first_option(form, name):
    return str(form[name]).partition('value="')[2].partition('"')[0]


def test_a_required_list_begins_with_nothing_chosen_unless_it_has_a_default():
    form = ReasonForm()
    names = ("reason", "usual", "only", "free", "called")

    assert [first_option(form, name) for name in names] == [
        *("", "died", "died", "died", "")
    ]
    assert first_option(form, "reason") == ""  # and once more, not twice
    assert str(form["reason"]).count('value=""') == 1


def test_a_form_sent_without_a_choice_is_asked_for_it():
    sent = {"usual": "died", "only": "died", "called": "died", "reason": ""}

    form = ReasonForm(sent)

    assert list(form.errors) == ["reason"]


def forms_in(answer):
    """Return the forms that a page was made from."""
    found = {}
    for context in answer.context or ():
        for layer in getattr(context, "dicts", [context]):
            for value in layer.values():
                form = getattr(value, "form", value)
                if isinstance(form, forms.BaseForm):
                    found[id(form)] = form
    return list(found.values())


def chosen_by_nobody(form):
    """Yield the required lists of a fresh form on which the browser chooses."""
    for name, field in form.fields.items():
        is_list = isinstance(field, forms.ChoiceField) and not field.widget.is_hidden
        if not is_list or not field.required or form.is_bound:
            continue
        if isinstance(field, forms.MultipleChoiceField | forms.ModelChoiceField):
            continue
        if form.get_initial_for_field(field, name) in (None, ""):
            shown = [str(value) for value, _label in form[name].field.widget.choices]
            if isinstance(field.widget, forms.Select) and shown[:1] != [""] != shown:
                yield from [name] if len(shown) > 1 else []


@pytest.mark.django_db
def test_no_page_has_a_list_on_which_the_browser_chooses(world):
    wrong, seen = set(), 0

    for name, access in all_access().items():
        people = [p for p, status in access.own.items() if status == 200]
        if access.method != "get" or not people:
            continue
        args, _foreign = access.args(world)
        with transaction.atomic():
            browser = signed_in(world.people.get(people[0]))
            answer = browser.get(reverse(name, args=args))
            for form in forms_in(answer):
                seen += 1
                wrong |= {f"{name} {field}" for field in chosen_by_nobody(form)}
            transaction.set_rollback(True)

    assert seen > 60
    assert wrong == set()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["members:end", "members:away"])
def test_the_reason_of_an_end_and_of_an_absence_is_chosen_by_a_person(world, name):
    access = all_access()[name]
    args, _foreign = access.args(world)
    person = next(p for p, status in access.own.items() if status == 200)
    address = reverse(name, args=args)

    form = read(signed_in(world.people[person]).get(address)).form_to(address)

    lists = [key for key in ("reason", "kind") if key in form.choices]
    assert [form.value(key) for key in lists] == [""]
