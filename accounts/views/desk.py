"""The desk with today's to-dos, and notices."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView, TemplateView

from accounts.actions import read_notices
from accounts.http import reader
from accounts.models import Notice, User
from core.months import today
from core.registries.page_sections import sections_for
from core.registries.todos import todos_for
from core.web.components import Link
from core.web.forms import new_key
from core.web.views import ActionView


class Desk(TemplateView):
    """Today's to-dos, the most urgent first."""

    template_name = "accounts/desk.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        day, person = today(), reader(self.request)
        calendar = Link(_("My dates on the phone"), reverse("accounts:calendar"))
        context = {
            "title": _("Desk"),
            "page_actions": [calendar],
            "todos": todos_for(person, day),
            "today": day,
            "page_sections": sections_for(person, person),
        }
        return super().get_context_data(**context, **kwargs)


class NoticeList(ListView):
    """The user's notices, the latest first."""

    template_name = "accounts/notices.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Notice]:
        return Notice.objects.visible_to(self.request.user).order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        unread = self.get_queryset().unread().exists()  # type: ignore[attr-defined] # NoticeQuerySet
        context = {"title": _("Notices"), "unread": unread, "new_key": new_key}
        return super().get_context_data(**context, **kwargs)


class ReadNotice(ActionView[Notice]):
    """Marks one notice as read and redirects to its page."""

    model = Notice
    success_message = ""

    def has_permission(self, obj: Notice) -> bool:
        return obj.user_id == self.request.user.pk

    def run_action(self, obj: Notice) -> None:
        read_notices(obj.user, only=obj)

    def get_success_url(self, obj: Notice) -> str:
        return obj.url or reverse("accounts:notices")


class ReadAllNotices(ActionView[User]):
    """Marks all of one's notices as read."""

    http_method_names = ["post"]
    success_message = ""

    def get_object(self) -> User:
        return reader(self.request)

    def has_permission(self, obj: User) -> bool:
        return obj == self.request.user

    def run_action(self, obj: User) -> None:
        read_notices(obj)

    def get_success_url(self, obj: User) -> str:
        return reverse("accounts:notices")
