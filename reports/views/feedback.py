"""Feedback about the system: written from any page, answered by the street."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.http import reader
from core.web.components import DetailRow, Link, Section
from core.web.list_pages import ListPage
from core.web.views import ActionFormView, PermittedObjectMixin, ReadFirstView
from reports import actions, permissions
from reports.actions.feedback import refuse_answer
from reports.burden.writers import places_of_writer
from reports.filters import FeedbackFilter
from reports.forms import FeedbackAnswerForm, FeedbackForm
from reports.models import Feedback
from reports.tables import FeedbackTable

FEEDBACK = _("Feedback about the system")


class FeedbackList(UserPassesTestMixin, ListPage):
    """One's own feedback; for street staff, that of their area."""

    model = Feedback
    table_class = FeedbackTable
    filterset_class = FeedbackFilter
    title = FEEDBACK
    empty_text = _(
        "Nobody has written yet. The link below each page leads to the feedback."
    )

    def test_func(self) -> bool:
        return places_of_writer(self.request.user).exists()

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("organization")


class WriteFeedback(UserPassesTestMixin, ActionFormView):
    """Anybody with a place writes what is cumbersome on a page, or missing."""

    form_class = FeedbackForm
    title = FEEDBACK
    lead = _(
        "The street reads it and answers. It is about the system, not about people:"
        " write what takes too long, what is asked twice, or what you miss."
    )
    submit_label = _("Send to the street")
    success_message = _("Thank you. The street answers here, and you will be notified.")

    def test_func(self) -> bool:
        return places_of_writer(self.request.user).exists()

    def get_initial(self) -> dict[str, Any]:
        return {"page": self.request.GET.get("page", "")[:200]}

    def run_action(self, form: FeedbackForm) -> str:
        user = reader(self.request)
        row = actions.write_feedback(by=user, **form.action_values())
        return row.get_absolute_url()

    def get_form_kwargs(self) -> dict[str, Any]:
        places = places_of_writer(self.request.user)
        return {**super().get_form_kwargs(), "organizations": places}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = reverse("reports:feedback")
        return super().get_context_data(
            **{"lead": self.lead, "cancel_url": url, **kwargs}
        )


class FeedbackDetail(PermittedObjectMixin[Feedback], TemplateView):
    """One feedback and its answer."""

    model = Feedback
    template_name = "core/detail_page.html"

    def get_rows(self) -> Any:
        rows = Feedback.objects.visible_to(self.request.user)
        return rows.select_related("organization", "written_by", "answered_by")

    def has_permission(self, obj: Feedback) -> bool:
        return True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.get_permitted_object()
        user, links = self.request.user, []
        if row.answered_at is None and permissions.can_answer_feedback(user, row):
            url = reverse("reports:answer_feedback", args=[row.pk])
            links.append(Link(_("Answer"), url, primary=True))
        return super().get_context_data(
            title=FEEDBACK,
            breadcrumbs=[Link(FEEDBACK, reverse("reports:feedback")), Link(str(row))],
            sections=[Section("", _detail_rows(row))],
            page_actions=links,
            **kwargs,
        )


def _detail_rows(row: Feedback) -> list[DetailRow]:
    rows = [
        DetailRow(_("What is cumbersome or missing"), row.text),
        DetailRow(_("Page"), row.page or None, row.page),
        DetailRow(_("Place"), row.organization),
        DetailRow(_("Written by"), row.written_by),
        DetailRow(_("Written at"), timezone.localtime(row.written_at)),
        DetailRow(_("Answer"), row.answer or _("Not answered yet")),
    ]
    if row.answered_at is not None:
        rows.append(DetailRow(_("Answered by"), row.answered_by))
    return rows


class AnswerFeedback(ReadFirstView[Feedback]):
    """Street staff answer feedback of their area."""

    model = Feedback
    form_class = FeedbackAnswerForm
    action = staticmethod(actions.answer_feedback)
    title = _("Answer the feedback")
    success_message = _("The answer was sent.")

    def get_rows(self) -> Any:
        return Feedback.objects.visible_to(self.request.user)

    def has_permission(self, obj: Feedback) -> bool:
        return permissions.can_answer_feedback(self.request.user, obj)

    def refuse_beforehand(self) -> None:
        refuse_answer(self.row)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"lead": self.row.text, **kwargs})
