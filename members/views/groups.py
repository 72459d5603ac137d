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
from members.belonging import ON_ROLLS, Belonging, belongings
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


class RegisterCounted(MembersCounted):
    """Base of a page about records: of who belongs here, or of who is checked in."""

    template_name = "members/register.html"
    explanation: StrOrPromise = ""

    @property
    def belonging(self) -> Belonging:
        """The kind of record that is asked for; by default that of who belongs here."""
        key = self.request.GET.get("of", ON_ROLLS)
        return belongings.get(key if key in belongings else ON_ROLLS)

    def get_table_kwargs(self) -> dict[str, Any]:
        return {"belonging": self.belonging}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            belonging=self.belonging,
            belongings=list(belongings),
            explanation=self.explanation,
            **kwargs,
        )


class CompletenessList(RegisterCounted):
    """What records lack, by organization; each number opens whose (S3-05)."""

    table_class = CompletenessTable
    title = _("How complete the register is")
    explanation = _(
        "Of who belongs here, a full record is asked. Of who is checked in and belongs"
        " elsewhere, the home organization keeps the rest: here it is asked how to"
        " reach them, where they work, where they belong, and on which round or"
        " document the check-in rests. Each number opens who they are."
    )

    def get_table_data(self) -> list[Completeness]:
        return list_completeness(reader(self.request), self.belonging)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        papers = Link(PaperList.title, reverse("members:papers"))
        return super().get_context_data(page_actions=[papers], **kwargs)


class PaperList(RegisterCounted):
    """On what paper records rest, by organization, and those without any (S3-05)."""

    table_class = PaperTable
    title = _("On what paper records rest")
    explanation = _(
        "A record may rest on several papers and is then counted under each. A check-in"
        " made in the days of a round of the street rests on the document of the round."
        " Each number opens who they are."
    )

    def get_table_data(self) -> list[PaperLine]:
        return list_papers(reader(self.request), self.belonging)
