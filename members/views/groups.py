"""Groups of members that follow from records, and how complete the register is."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django_tables2 import SingleTableMixin

from accounts.http import reader
from core.text import StrOrPromise
from core.web.components import Link
from core.web.exports import ExportedPage
from members import permissions
from members.completeness import Completeness, list_completeness
from members.groups import CountedGroup, count_groups
from members.papers import PaperLine, list_papers
from members.tables import CompletenessTable, GroupTable, PaperTable


class MembersCounted(ExportedPage, UserPassesTestMixin, SingleTableMixin, TemplateView):
    """Base of a page that counts the members of the reader's area."""

    template_name = "core/list_page.html"
    title: StrOrPromise = ""
    paginate_by = 50

    def test_func(self) -> bool:
        return permissions.can_view_members(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        members = Link(_("Members"), reverse("members:list"))
        return super().get_context_data(
            title=self.title,
            empty_text=_("There is no member in your area."),
            breadcrumbs=[members, Link(self.title)],
            **kwargs,
        )


class GroupList(MembersCounted):
    """Every group, how many are in it, and how they are cared for (S1-13)."""

    table_class = GroupTable
    title = _("Groups of members")

    def get_table_data(self) -> list[CountedGroup]:
        return count_groups(reader(self.request))


class CompletenessList(MembersCounted):
    """What records lack, by organization; each number opens whose (S3-05)."""

    table_class = CompletenessTable
    title = _("How complete the register is")

    def get_table_data(self) -> list[Completeness]:
        return list_completeness(reader(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        papers = Link(PaperList.title, reverse("members:papers"))
        return super().get_context_data(page_actions=[papers], **kwargs)


class PaperList(MembersCounted):
    """On what paper records rest, by organization, and those without any (S3-05)."""

    table_class = PaperTable
    title = _("On what paper records rest")

    def get_table_data(self) -> list[PaperLine]:
        return list_papers(reader(self.request))
