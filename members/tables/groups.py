"""Columns of the groups of members, and of how complete the register is."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.web.tables import OrderedTable
from members.groups import CountedGroup
from members.missing_facts import MISSING_FACTS
from members.models import Member
from members.papers import PAPERS, Paper

LABELS = {fact.key: fact.label for fact in MISSING_FACTS}


def url_of_group(record: CountedGroup) -> str:
    """Return the list of the members of a group."""
    query = f"record=on_rolls&group={record.group.key}"
    return f"{reverse('members:list')}?{query}"


class GroupTable(OrderedTable):
    """Groups of members: how many they are, and how they are cared for."""

    label = tables.Column(verbose_name=_("Group of members"))
    count = tables.Column(verbose_name=_("Members"), linkify=url_of_group)
    care = tables.Column(verbose_name=_("How they are cared for"))

    class Meta:
        model = Member
        fields: tuple[str, ...] = ()
        orderable = False


def _lacks(key: str) -> Any:
    """Return a column that counts who lacks a fact, and opens who they are."""
    return tables.Column(
        verbose_name=LABELS[key],
        accessor=f"missing__{key}",
        linkify=lambda record: record.url_of(key),
    )


def _rests_on(paper: Paper) -> Any:
    """Return a column that counts whose record rests on a paper, and opens whose."""
    return tables.Column(
        verbose_name=paper.label,
        accessor=f"counts__{paper.key}",
        linkify=lambda record: record.url_of(paper.key),
    )


class PaperTable(OrderedTable):
    """Organizations: members, and on what paper their records rest."""

    organization = tables.Column(
        verbose_name=_("Party organization"), accessor="organization__name"
    )
    members = tables.Column(verbose_name=_("Members"))

    class Meta:
        model = Member
        fields: tuple[str, ...] = ()
        orderable = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        columns = [(f"by_{paper.key}", _rests_on(paper)) for paper in PAPERS]
        super().__init__(*args, extra_columns=columns, **kwargs)


class CompletenessTable(OrderedTable):
    """Organizations: members, full records, and what the others lack."""

    organization = tables.Column(
        verbose_name=_("Party organization"), accessor="organization__name"
    )
    members = tables.Column(verbose_name=_("Members"))
    full = tables.Column(verbose_name=_("Full records"))
    share = tables.Column(verbose_name=_("Full, of a hundred"))
    phone = _lacks("phone")
    ethnicity = _lacks("ethnicity")
    education = _lacks("education")
    join_date = _lacks("join_date")
    full_member_date = _lacks("full_member_date")
    employer = _lacks("employer")
    address = _lacks("address")

    class Meta:
        model = Member
        fields: tuple[str, ...] = ()
        orderable = False
