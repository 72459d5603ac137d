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
    "503_busy.html",
    "503_cut.html",
    "503_full.html",
]


class Names(Table):
    """A table of one column."""

    name = Column(verbose_name="姓名")


def test_no_template_has_inline_script_or_style() -> None:
    found = {
        name: inline
        for name in TEMPLATES
        if (inline := INLINE.findall((FOLDER / name).read_text(encoding="utf-8")))
    }

    assert found == {}


def test_every_template_compiles_under_its_name() -> None:
    names = {name: get_template(name).origin.template_name for name in TEMPLATES}

    assert names == {name: name for name in TEMPLATES}


def test_every_template_is_short_enough() -> None:
    lines = {
        name: len((FOLDER / name).read_text(encoding="utf-8").splitlines())
        for name in TEMPLATES
    }

    assert {name: count for name, count in lines.items() if count > 80} == {}


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
