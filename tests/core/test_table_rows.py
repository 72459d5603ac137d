"""Rows rendered in Python equal those of the template engine, byte for byte."""

import datetime as dt

import pytest
from django.template import RequestContext, Template
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django_tables2 import (
    BooleanColumn,
    CheckBoxColumn,
    Column,
    DateColumn,
    DateTimeColumn,
    EmailColumn,
    RequestConfig,
    Table,
    TemplateColumn,
)

from members.models import Member
from members.tables import MemberTable
from tests.core.by_the_engine import by_the_engine
from tests.factories.members import MemberFactory

SHOW = "{% load django_tables2 %}{% render_table table %}"
NASTY = '<b onclick="x">&\'王'


class Every(Table):
    """A column of each kind that a list may have."""

    plain = Column(NASTY)
    linked = Column(accessor="plain", linkify=lambda record: f"/?a=1&b={record['n']}")
    safe = Column(mark_safe("<i>safe</i>"))
    drawn = TemplateColumn(
        "<u>{{ value }}</u>{{ record.n }}{{ word }}{{ row_counter }}"
    )
    day = DateColumn(format="Y-m-d")
    at = DateTimeColumn(format="Y-m-d H:i")
    yes = BooleanColumn()
    mail = EmailColumn()
    tick = CheckBoxColumn(accessor="n")
    n = Column(footer="3", attrs={"td": {"class": "text-end number", "id": NASTY}})
    as_here = Column(accessor="n", localize=True)
    as_is = Column(accessor="n", localize=False)
    lacking = Column(accessor="nothing__at__all", default=NASTY)
    words = Column(empty_values=())
    own = Column(accessor="plain")

    class Meta:
        attrs = {"class": "x", "id": "every"}

    def render_words(self, value, record):
        return _("Nothing here yet.") if record["n"] % 2 else None

    def render_own(self, value, bound_column):
        return format_html("<em>{}</em>{}", value, bound_column.name)


class Varied(Table):
    """Attributes that depend on the row, of cells and of rows."""

    n = Column(attrs={"td": {"data-n": lambda record: record["n"], "class": "b a"}})
    m = Column(accessor="n", attrs={"cell": {"class": "z"}})

    class Meta:
        row_attrs = {"class": lambda record: f"n{record['n']}", "data-x": NASTY}


class Named(Table):
    """Cells that carry the name of their column."""

    n = Column()

    def get_column_class_names(self, classes_set, bound_column):
        return {*classes_set, bound_column.name}


def records(count):
    at = dt.datetime(2026, 6, 1, 23, 30, tzinfo=dt.UTC)
    return [
        {
            "plain": NASTY,
            "safe": mark_safe("<i>1</i>"),
            "drawn": NASTY,
            "day": at.date() if n else None,
            "at": at,
            "yes": bool(n % 2),
            "mail": "a&b@example.cn",
            "words": "",
            "n": 1234567 + n,
        }
        for n in range(count)
    ]


def written(table, query=None, per_page=2):
    """One page of a table."""
    request = RequestFactory().get("/", query)
    RequestConfig(request, paginate={"per_page": per_page}).configure(table)
    page = RequestContext(request, {"table": table, "word": NASTY})
    return Template(SHOW).render(page)


@pytest.mark.parametrize("kind", [Every, Varied, Named])
@pytest.mark.parametrize("query", [{}, {"sort": "-n", "page": "2", "q": NASTY}])
def test_rows_equal_those_of_the_template_engine(kind, query):
    ours = written(kind(records(3)), query)

    with by_the_engine():
        assert "in row.items" in get_template("core/_table.html").template.source
        assert ours == written(kind(records(3)), query)
    assert ours.count("<tr ") == (1 if query else 2)


def test_every_cell_escapes_html_that_is_not_marked_safe():
    page = written(Every(records(2)))

    body = page[page.index("<tbody") : page.index("</tbody>")]
    assert "<b onclick" not in page
    assert "&amp;lt;" not in page
    assert "&amp;#x27;" not in page
    assert body.count("<i>1</i>") == 2
    assert body.count("<em>&lt;b onclick=") == 2
    assert 'href="/?a=1&amp;b=1234567"' in body


@pytest.mark.django_db
def test_each_row_shows_the_label_of_its_own_choice():
    MemberFactory.create_batch(2, sex="1")
    MemberFactory(sex="2")

    page = written(MemberTable(Member.objects.all()), per_page=50)

    assert page.count('class="cell">男<') == 2
    assert page.count('class="cell">女<') == 1
