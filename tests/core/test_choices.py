"""Options rendered in Python equal those of the template engine, byte for byte."""

import pytest
from django import forms
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from tests.core.by_the_engine import by_the_engine

NASTY = '<b>&"王'
CHOICES = [
    ("", "---------"),
    (1234567, _("Save")),
    (NASTY, NASTY),
    ("safe", mark_safe("<i>1</i>")),
    (NASTY, [("a", 1234567), ("b", "---------")]),
]


class Marked(forms.Select):
    """A list whose options carry attributes of each kind."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"] |= {"data-n": NASTY, "disabled": True, "hidden": False}
        return option


@pytest.mark.parametrize("kind", [forms.Select, forms.SelectMultiple, Marked])
@pytest.mark.parametrize("chosen", [None, "a", NASTY])
def test_options_equal_those_of_the_template_engine(kind, chosen):
    widget = kind(choices=CHOICES, attrs={"class": "form-select"})
    value = [chosen] if kind is forms.SelectMultiple else chosen

    ours = widget.render("place", value)

    with by_the_engine():
        assert ours == widget.render("place", value)


def test_a_choice_is_escaped_and_the_empty_one_says_what_to_do():
    ours = forms.Select(choices=CHOICES).render("place", "")

    assert "<b>" not in ours
    assert "&amp;lt;" not in ours
    assert "<i>1</i>" in ours
    assert "---" not in ours
    assert ours.count(">请选择</option>") == 2
