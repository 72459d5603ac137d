"""Pages of the whole tree: as a tree, as a list, and what is amiss in it."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django_tables2 import Column, RequestConfig

from core.web.components import DetailRow, Link, Section, parse_key
from core.web.exports import ExportedPage
from core.web.list_pages import ListPage
from organizations import permissions
from organizations.enums import PartyForm
from organizations.filters import OrganizationFilter
from organizations.findings import count_by_rule, find_below, structural_rules
from organizations.models import Organization
from organizations.party_forms import (
    count_community_forms,
    count_forms,
    with_form,
)
from organizations.place_columns import outermost, read_values
from organizations.querysets import OrganizationQuerySet
from organizations.roles import READERS
from organizations.tables import FindingTable, OrganizationTable
from organizations.tree_page import build_tree

TREE = _("Party organizations")
FINDINGS = _("Structure to be put right")


def tree_breadcrumb() -> Link:
    """Return the way back to the tree."""
    return Link(TREE, reverse("organizations:tree"))


class TreePage(UserPassesTestMixin):
    """Base of pages over the organizations that the person reads."""

    request: Any

    def test_func(self) -> bool:
        return permissions.can_see_tree(self.request.user)

    def get_rows(self) -> OrganizationQuerySet:
        """Return the organizations whose records the person reads."""
        rows: OrganizationQuerySet = Organization.objects.all()
        return rows.readable_by(self.request.user)

    def get_tops(self) -> list[str]:
        """Return the paths of the highest organizations that the person reads."""
        scope = self.request.user.scope()
        held = self.get_rows().filter(path__in=scope.seen_paths(READERS))
        paths = held.values_list("path", flat=True)
        return outermost(paths or self.get_rows().values_list("path", flat=True)[:1])


class OrganizationTree(TreePage, TemplateView):
    """The tree as far as the person reads it, opened level by level."""

    template_name = "organizations/tree.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.get_rows()
        key = parse_key(self.request.GET.get("under", ""))
        if "under" in self.request.GET:
            tops = [get_object_or_404(rows.open(), pk=key)]
        else:
            tops = list(rows.open().filter(path__in=self.get_tops()))
        values = read_values(self.request.user, [top.path for top in tops])
        listed, found = reverse("organizations:list"), reverse("organizations:findings")
        above = rows.above(tops[0].path) if key and tops else rows.none()
        return super().get_context_data(
            title=TREE,
            trees=[build_tree(top, rows.open(), values) for top in tops],
            above=above,
            list_url=listed,
            page_actions=[Link(_("As a list"), listed), Link(FINDINGS, found)],
            **kwargs,
        )


class OrganizationList(TreePage, ListPage):
    """The organizations as a list, with what the apps show of each."""

    model = Organization
    table_class = OrganizationTable
    filterset_class = OrganizationFilter
    template_name = "organizations/list.html"
    title = _("List of Party organizations")
    empty_text = _("No organization is called so. Ask for less of its name.")

    def get_queryset(self) -> Any:
        rows = with_form(self.get_rows().select_related("parent")).order_by("path")
        return rows if self.request.GET.get("which") == "past" else rows.open()

    def get_table(self, **kwargs: Any) -> Any:
        """Return the table with a column for each value that the apps show."""
        paths = self.get_tops()
        values = read_values(self.request.user, paths)
        extra = [
            (
                column.key.replace(".", "_"),
                ValueColumn(values.by_column[column.key], column.label),
            )
            for column in values.columns
        ]
        return super().get_table(extra_columns=extra, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [tree_breadcrumb(), Link(self.title)]
        context = super().get_context_data(breadcrumbs=crumbs, **kwargs)
        return {**context, "forms": self.get_forms()}

    def get_forms(self) -> Section:
        """Return how many organizations of each form the person reads."""
        rows = self.get_rows().open()
        all_, own = count_forms(rows), count_community_forms(rows)
        here = reverse("organizations:list")
        words = gettext("%(count)s, of them %(own)s of communities")
        return Section(
            _("Forms of the Party organizations"),
            [
                DetailRow(
                    form.label,
                    words % {"count": all_.get(form, 0), "own": own[form]}
                    if own.get(form)
                    else all_.get(form, 0),
                    f"{here}?form={form.value}",
                )
                for form in PartyForm
            ],
        )


class ValueColumn(Column):
    """What an app shows of the row's organization."""

    def __init__(self, values: dict[str, Any], label: Any) -> None:
        super().__init__(
            verbose_name=label, accessor="path", orderable=False, default="—"
        )
        self.by_path = values

    def render(self, value: str) -> Any:
        return self.by_path.get(value, "—")

    def value(self, value: str) -> Any:
        """Return what stands in files: the number itself."""
        return self.by_path.get(value)


class FindingList(ExportedPage, TreePage, TemplateView):
    """What in the tree is not as a regulation wants it, each with the way out."""

    template_name = "core/list_page.html"

    def get_chosen_tops(self) -> list[str]:
        """Return the path of the place that is asked for (`within`), or all tops."""
        tops, key = self.get_tops(), parse_key(self.request.GET.get("within", ""))
        place = self.get_rows().filter(pk=key).first()
        if place is None or not any(place.path.startswith(top) for top in tops):
            return tops
        return [place.path]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tops = self.get_chosen_tops()
        only = self.request.GET.get("rule", "")
        table = FindingTable(find_below(tops, only if only in structural_rules else ""))
        RequestConfig(self.request, paginate={"per_page": 50}).configure(table)
        counts = count_by_rule(tops)
        address = f"{reverse('organizations:findings')}?"
        if within := self.request.GET.get("within"):
            address += f"{urlencode({'within': within})}&"
        return super().get_context_data(
            title=FINDINGS,
            table=table,
            empty_text=_("Every organization is as the regulations want it."),
            breadcrumbs=[tree_breadcrumb(), Link(FINDINGS)],
            page_actions=[
                Link(f"{rule.label} ({counts[rule.key]})", f"{address}rule={rule.key}")
                for rule in structural_rules
                if counts[rule.key]
            ],
            **kwargs,
        )
