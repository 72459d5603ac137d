"""Opinions: the list, one of them, its two letters, the answer and the withdrawal."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.months import today
from core.web.components import DetailRow, Link, Section
from core.web.list_pages import ListPage
from core.web.views import PermittedObjectMixin, ReadFirstView, ReasonView, RowFormView
from members import actions, permissions
from members.errors import OpinionIsOver
from members.filters import OpinionFilter
from members.forms import AnswerOpinionForm
from members.models import OpinionRequest
from members.opinions.facts import describe_facts
from members.sections.opinions import answer_rows, fact_section, question_rows
from members.tables import OpinionTable

OPINIONS = _("Opinions asked for")


def list_breadcrumb() -> Link:
    """Return the breadcrumb of the list."""
    return Link(OPINIONS, reverse("members:opinions"))


class OpinionList(UserPassesTestMixin, ListPage):
    """What the reader's place was asked, and what their side asked, the last first."""

    model = OpinionRequest
    table_class = OpinionTable
    filterset_class = OpinionFilter
    title = OPINIONS
    empty_text = _(
        "No opinion was asked for. Ask for one about a member on the member's page, or"
        " here about somebody named in a letter."
    )

    def test_func(self) -> bool:
        return permissions.can_see_opinions(self.request.user)

    def get_queryset(self) -> Any:
        return super().get_queryset().with_case().order_by("-case__opened_on", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ask = reverse("members:ask_about_person")
        label = _("Ask about somebody named in words")
        crumbs = [Link(OPINIONS)]
        return super().get_context_data(
            page_actions=[Link(label, ask, "plus-lg")], breadcrumbs=crumbs, **kwargs
        )


class OpinionRows(PermittedObjectMixin[OpinionRequest]):
    """Base of pages about one opinion, for the place asked and for whoever asked."""

    model = OpinionRequest

    def get_rows(self) -> Any:
        return OpinionRequest.objects.visible_to(self.request.user).with_case()

    def has_permission(self, obj: OpinionRequest) -> bool:
        return permissions.can_see_opinions(self.request.user)


class OpinionPage(OpinionRows, TemplateView):
    """One opinion: the question, where it stands, the answer and what it rests on."""

    template_name = "members/opinion.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, user = self.get_permitted_object(), self.request.user
        sections = [
            Section("", [*question_rows(row, user)]),
            Section(_("Answer"), [*answer_rows(row)]),
        ]
        if facts := fact_section(row):
            sections.append(facts)
        return super().get_context_data(
            title=row.name,
            breadcrumbs=[list_breadcrumb(), Link(row.name)],
            sections=sections,
            page_actions=list(self._links(row)),
            **kwargs,
        )

    def _links(self, row: OpinionRequest) -> Any:
        def link(label: Any, name: str, *, primary: bool = False) -> Link:
            return Link(label, reverse(f"members:{name}", args=[row.pk]), "", primary)

        if row.is_open and permissions.can_answer(self.request.user, row):
            yield link(_("Give the opinion"), "answer_opinion", primary=True)
        yield link(_("Print the question"), "print_question")
        if row.opinion:
            yield link(_("Print the reply"), "print_reply")
        if row.is_open and permissions.can_withdraw(self.request.user, row):
            yield link(_("Withdraw …"), "withdraw_opinion")


class OpinionLetter(OpinionRows, TemplateView):
    """Base of the letters on A4."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.get_permitted_object()
        return super().get_context_data(
            row=row,
            place=row.case.organization,
            back_url=row.get_absolute_url(),
            printed_on=today(),
            **kwargs,
        )


class PrintQuestion(OpinionLetter):
    """The letter that asks for the opinion."""

    template_name = "members/opinion_question.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(title=_("Letter asking for an opinion"))


class PrintReply(OpinionLetter):
    """The letter that gives the opinion; before it is given there is none."""

    template_name = "members/opinion_reply.html"

    def get_rows(self) -> Any:
        return super().get_rows().exclude(opinion="")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(title=_("Reply with an opinion"))


class OpinionFormView(OpinionRows, RowFormView[OpinionRequest]):
    """Base of forms over a question that waits."""

    def refuse_beforehand(self) -> None:
        if not self.row.is_open:
            raise OpinionIsOver(name=self.row.name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [list_breadcrumb(), Link(self.row.name, self.row.get_absolute_url())]
        lead = f"{self.row.name} · {self.row.asker}"
        return super().get_context_data(breadcrumbs=crumbs, lead=lead, **kwargs)


class AnswerOpinion(OpinionFormView, ReadFirstView[OpinionRequest]):
    """The place that is asked gives its opinion, beside what is on record today."""

    template_name = "members/answer_opinion.html"
    read_with = ("case",)
    form_class = AnswerOpinionForm
    action = staticmethod(actions.answer_opinion)
    title = _("Give the opinion")
    submit_label = _("Give the opinion")
    success_message = _("The opinion is given. The reply can be printed.")

    def has_permission(self, obj: OpinionRequest) -> bool:
        return permissions.can_answer(self.request.user, obj)

    def facts(self, row: OpinionRequest) -> list[tuple[str, str]]:
        """Return what is on record of the member today."""
        if row.member_id is None:
            return []
        return describe_facts([row.member_id], today())[row.member_id]

    def shown_texts(self, row: OpinionRequest) -> Any:
        return [str(row), *(words for _label, words in self.facts(row))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = [DetailRow(*fact) for fact in self.facts(self.row)]
        sections = [Section("", [*question_rows(self.row, self.request.user)])]
        if facts:
            sections.append(Section(_("On record today"), facts))
        return super().get_context_data(sections=sections, **kwargs)


class WithdrawOpinion(OpinionFormView, ReasonView[OpinionRequest]):
    """Whoever asked withdraws the question."""

    read_with = ("case",)
    action = staticmethod(actions.withdraw_opinion)
    title = _("Withdraw the question")
    submit_label = _("Withdraw the question")
    success_message = _("The question was withdrawn.")
    consequence = _("It stays on record with the reason; nobody has to answer.")

    def has_permission(self, obj: OpinionRequest) -> bool:
        return permissions.can_withdraw(self.request.user, obj)
