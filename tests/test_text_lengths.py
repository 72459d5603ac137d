"""No browser cuts a text; the server refuses one too long and says how long it is."""

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.urls import reverse

from members.models import Member
from organizations.models import Unit
from tests.client import Browser
from tests.html import read

pytestmark = pytest.mark.django_db
CUT = re.compile(r"\smaxlength=")


class Texts(forms.Form):
    """One field of each kind that has a longest text."""

    line = forms.CharField(max_length=7)
    area = forms.CharField(max_length=7, widget=forms.Textarea)
    mail = forms.EmailField(max_length=7)
    address = forms.URLField(max_length=7, assume_scheme="https")
    parts = forms.SplitDateTimeField(
        widget=forms.SplitDateTimeWidget(date_attrs={"maxlength": "7"})
    )


def test_no_widget_lets_a_browser_cut_a_text() -> None:
    page = str(Texts())

    assert (CUT.findall(page), page.count('data-max-length="7"')) == ([], 5)


def test_no_template_lets_a_browser_cut_a_text() -> None:
    templates = Path(settings.BASE_DIR, "templates").rglob("*.html")

    assert [t.name for t in templates if CUT.search(t.read_text("utf-8"))] == []


def form_with(answer, field):
    return next(form for form in read(answer).posting() if field in form.fields)


@pytest.mark.parametrize(
    ("page", "field"),
    [
        ("members:admit", "name"),
        ("members:admit", "remark"),
        ("communities:start_project", "name"),
        ("admin:organizations_unit_add", "name"),
    ],
)
def test_a_text_too_long_comes_back_whole_with_both_counts(
    page, field, secretary, staff, branch
):
    browser = Browser()
    person = staff if page.startswith("admin:") else secretary
    browser.force_login(person, backend="accounts.backends.UsernameOrPhone")
    form = form_with(opened := browser.get(reverse(page)), field)
    found = re.search(
        rf'name="{field}"[^>]*data-max-length="([0-9]+)"', opened.content.decode()
    )
    most = int(found[1])

    answer = browser.post(reverse(page), form.sent(**{field: "字" * (most + 34)}))

    said = f"最多 {most} 个字，现在有 {most + 34} 个字"
    assert said in answer.content.decode()
    assert form_with(answer, field).value(field) == "字" * (most + 34)
    assert (Member.objects.count(), Unit.objects.count()) == (0, 0)
