"""The public list of posts, a post's page, and what its keepers do with it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.mixins import UserPassesTestMixin
from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.http import reader
from communities.models import Project
from core.db.querysets import current_on
from core.months import today
from core.web.components import ActionButton, Link
from core.web.forms import new_key
from core.web.list_pages import ListPage
from core.web.views import (
    ActionFormView,
    ChangeView,
    PermittedObjectMixin,
    ReadActionView,
    ReasonView,
)
from organizations.models import Organization
from organizations.queries import code_items
from volunteering import actions, permissions
from volunteering.enums import CodeList, PostState
from volunteering.filters import KeptShiftFilter, PublicShiftFilter
from volunteering.forms import (
    OfferForm,
    PostFields,
)
from volunteering.models import Post, Shift
from volunteering.queries import (
    labels_of,
    shifts_for,
    shifts_nearest_to,
)
from volunteering.tables import OpenShiftTable
from volunteering.views.claims import ClaimShift


def _lists() -> dict[str, Any]:
    return {
        "categories": code_items(CodeList.CATEGORIES),
        "skills": code_items(CodeList.SKILLS),
    }


@method_decorator(login_not_required, name="dispatch")
class PostList(ListPage):
    """Shifts that want people, one's own first; keepers see all of their area."""

    model = Shift
    table_class = OpenShiftTable
    filterset_class = PublicShiftFilter
    template_name = "volunteering/post_list.html"
    title = _("Volunteer posts")
    empty_text = _("No shift wants people at present. Please look in again.")

    @property
    def keeps(self) -> bool:
        """Whether the reader keeps posts."""
        return permissions.can_offer(self.request.user)

    def get_queryset(self) -> QuerySet[Shift]:
        rows = shifts_nearest_to(self.request.user)
        return rows if self.keeps else rows.claimable()

    def get_filterset_class(self) -> Any:
        return KeptShiftFilter if self.keeps else PublicShiftFilter

    def get_table_kwargs(self) -> dict[str, Any]:
        categories = dict(code_items(CodeList.CATEGORIES))
        left_out = (
            ("more_shifts",) if self.keeps or self.request.GET.get("each") else ()
        )
        return {
            "categories": categories,
            "marks_missing": self.keeps,
            "exclude": left_out,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page_actions = []
        if self.keeps:
            page_actions = [
                Link(_("Offer a post"), reverse("volunteering:offer"), "plus-lg")
            ]
            kwargs["empty_text"] = _("No shift of this kind in this area.")
        return super().get_context_data(page_actions=page_actions, **kwargs)


@method_decorator(login_not_required, name="dispatch")
class PostDetail(PermittedObjectMixin[Post], TemplateView):
    """One post with its shifts; names of claimers for its keepers alone."""

    model = Post
    template_name = "volunteering/post_detail.html"

    def get_rows(self) -> QuerySet[Post]:
        return super().get_rows().select_related("organization", "project")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        post, user = self.get_object(), self.request.user
        keeps = permissions.can_manage(user, post)
        return super().get_context_data(
            post=post,
            title=post.title,
            category=", ".join(labels_of(CodeList.CATEGORIES, [post.category])),
            skills=[
                (code, label)
                for code, label in code_items(CodeList.SKILLS)
                if code in post.skills
            ],
            shifts=self._shifts(post, keeps=keeps),
            keeps=keeps,
            contact_shown=keeps or permissions.is_expected(user, post),
            may_claim=permissions.can_serve(user),
            new_key=new_key,
            page_actions=self._ways(post) if keeps else [],
            buttons=self._buttons(post) if keeps else [],
            **kwargs,
        )

    def _shifts(self, post: Post, *, keeps: bool) -> list[Any]:
        """Return its shifts, each with the token of what a claim applies to."""
        shifts: list[Any] = list(shifts_for(post, self.request.user, keeps=keeps))
        for shift in shifts:
            shift.read = ClaimShift.read_token(shift)
        return shifts

    def _ways(self, post: Post) -> list[Link]:
        if post.state == PostState.CLOSED:
            return []
        change, add, close = (
            reverse(f"volunteering:{name}", args=[post.pk])
            for name in ("change", "add_shift", "close")
        )
        return [
            Link(_("Change"), change, "pencil"),
            Link(_("Add a shift"), add, "plus-lg"),
            Link(_("Close the post"), close, "x-lg"),
        ]

    def _buttons(self, post: Post) -> list[ActionButton]:
        if post.state != PostState.DRAFT:
            return []
        url = reverse("volunteering:publish", args=[post.pk])
        read = PublishPost.read_token(post)
        return [ActionButton(_("Publish"), url, primary=True, version=read)]


class OfferPost(UserPassesTestMixin, ActionFormView):
    """A keeper offers a post of their community with its first shift."""

    form_class = OfferForm
    title = _("Offer a post")
    submit_label = _("Offer the post")
    success_message = _("The post was saved.")

    def test_func(self) -> bool:
        return permissions.can_offer(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        managed = Organization.objects.managed_by(self.request.user)
        communities = managed.open().communities()
        projects = Project.objects.filter(organization__in=communities).running()
        return {
            **super().get_form_kwargs(),
            **_lists(),
            "communities": communities,
            "projects": projects,
        }

    def get_initial(self) -> dict[str, Any]:
        managed = Organization.objects.managed_by(self.request.user)
        first = managed.open().communities().first()
        user = reader(self.request)
        return {"organization": first, "capacity": 1, "contact_name": f"{user}"}

    def run_action(self, form: Any) -> str:
        post = actions.offer_post(by=self.request.user, **form.post_values())
        actions.add_shift(post, by=self.request.user, **form.shift_values())
        return post.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cancel = reverse("volunteering:list")
        return super().get_context_data(cancel_url=cancel, **kwargs)


class KeptPostMixin(PermittedObjectMixin[Post]):
    """A page about a post for the people who manage it."""

    model = Post

    def has_permission(self, obj: Post) -> bool:
        return permissions.can_manage(self.request.user, obj)


class ChangePost(KeptPostMixin, ChangeView[Post]):
    """A record keeper corrects a post."""

    form_class = PostFields
    title = _("Change the post")

    def get_form_kwargs(self) -> dict[str, Any]:
        offered = current_on(today()) | Q(pk=self.row.project_id)
        own = Project.objects.filter(organization=self.row.organization_id)
        return {
            **super().get_form_kwargs(),
            **_lists(),
            "projects": own.filter(offered),
        }

    def run_action(self, form: Any) -> str:
        changed = [name for name in form.changed_data if hasattr(self.row, name)]
        values = {name: form.cleaned_data[name] for name in changed}
        if values:
            actions.change_post(self.row, by=self.request.user, **values)
        return self.row.get_absolute_url()


class ClosePost(KeptPostMixin, ReasonView[Post]):
    """A record keeper closes a post, with a reason."""

    action = staticmethod(actions.close_post)
    title = _("Close the post")
    submit_label = _("Close the post")
    success_message = _("The post was closed.")
    consequence = _(
        "The post takes no more claims and cannot be opened again. Places that are"
        " claimed stay claimed, and hours can still be recorded."
    )


class PublishPost(KeptPostMixin, ReadActionView[Post]):
    """A record keeper opens a draft to claims, with the shifts that the page showed."""

    success_message = _("The post is open now.")

    @classmethod
    def shown_rows(cls, row: Post) -> list[models.Model]:
        return [row, *row.shifts.all()]

    def run_action(self, obj: Post) -> None:
        actions.publish_post(obj, by=self.request.user)
