"""Rules that every template follows, checked in the template sources."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django_tables2 import Column, Table

FOLDER = Path(settings.BASE_DIR, "templates")
TEMPLATES = sorted(
    path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html")
)
INLINE = re.compile(
    r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\bsrc=)", re.IGNORECASE
)
ERROR_PAGES = [
    "400.html",
    "403.html",
    "403_csrf.html",
    "404.html",
    "429.html",
    "500.html",
]


class Names(Table):
    """A table of one column."""

    name = Column(verbose_name="姓名")


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_has_no_inline_script_or_style(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")

    assert INLINE.findall(text) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_compiles_and_is_short_enough(name: str) -> None:
    template = get_template(name)

    assert template.origin.template_name == name
    assert len((FOLDER / name).read_text(encoding="utf-8").splitlines()) <= 80


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_an_error_page_needs_no_context_and_has_its_three_parts(name: str) -> None:
    page = render_to_string(name)

    asked = re.findall(r"<dt>(.*?)</dt>", page)
    answers = [text.strip() for text in re.findall(r"<dd>(.*?)</dd>", page, re.DOTALL)]
    assert asked == ["发生了什么", "您的数据", "接下来怎么办"]
    assert [answer for answer in answers if len(answer) < 10] == []


def test_each_cell_of_a_list_carries_its_column_s_name() -> None:
    table = Names([{"name": "王芳"}, {"name": "李明"}])
    request = RequestFactory().get("/")

    page = render_to_string("core/_table.html", {"table": table}, request)

    cell = re.compile(r'data-label="(.*?)".*?class="cell">(.*?)</span>', re.DOTALL)
    assert cell.findall(page) == [("姓名", "王芳"), ("姓名", "李明")]


def test_a_button_that_needs_a_script_is_hidden_until_one_runs():
    buttons = {
        name: re.findall(
            r"<button[^>]*data-print[^>]*>", Path(FOLDER, name).read_text()
        )
        for name in TEMPLATES
    }

    shown = {
        name
        for name, tags in buttons.items()
        if any(not re.search(r"\bhidden\b", tag) for tag in tags)
    }

    assert any(buttons.values())
    assert shown == set()
