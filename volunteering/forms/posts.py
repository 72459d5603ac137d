"""Forms of posts."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.models import Project
from core.admin import ActionBackedForm
from core.web.forms import VersionedForm, offer_rows
from organizations.models import Organization
from organizations.queries import code_items
from volunteering.enums import CodeList
from volunteering.forms.shifts import ShiftFields, limit_of
from volunteering.models import Post

Choices = Sequence[tuple[str, str]]


class PostFields(VersionedForm):
    """The description of a post."""

    title = forms.CharField(
        label=_("Title of the post"), max_length=limit_of(Post, "title")
    )
    category = forms.ChoiceField(label=_("Post category"))
    description = forms.CharField(
        label=_("What is to be done"),
        max_length=limit_of(Post, "description"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    needed_by = forms.CharField(
        label=_("For whom"),
        max_length=limit_of(Post, "needed_by"),
        required=False,
        help_text=_("Groups of people, never a person's name."),
    )
    contact_name = forms.CharField(
        label=_("Contact person"), max_length=limit_of(Post, "contact_name")
    )
    contact_phone = forms.RegexField(
        r"^[0-9+\- ]{5,20}$",
        label=_("Phone of the contact person"),
        help_text=_("Name and phone are shown to those who claimed a place."),
        error_messages={
            "invalid": _("A phone has 5 to 20 digits, blanks, plus or minus signs.")
        },
    )
    skills = forms.MultipleChoiceField(
        label=_("Skills wanted"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Members who have one of them see the post first."),
    )
    project = forms.ModelChoiceField(
        label=_("For the project"), queryset=Project.objects.none(), required=False
    )

    def __init__(
        self,
        *args: Any,
        categories: Choices,
        skills: Choices,
        projects: models.QuerySet[Any],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = categories  # type: ignore[attr-defined] # a choice field
        self.fields["skills"].choices = skills  # type: ignore[attr-defined] # a choice field
        offer_rows(self, "project", projects)


class OfferForm(ShiftFields, PostFields):
    """A post of one's community with its first shift."""

    organization = forms.ModelChoiceField(
        label=_("Community"), queryset=Organization.objects.none()
    )
    draft = forms.BooleanField(
        label=_("Keep as a draft for now"),
        required=False,
        help_text=_("Only the keepers of the posts see a draft."),
    )
    field_order = [
        *("organization", "title", "category", "description", "needed_by"),
        *(
            "day",
            "begins",
            "ends",
            "meeting_point",
            "capacity",
            "contact_name",
            "contact_phone",
            "skills",
            "project",
            "draft",
        ),
    ]
    post_fields = (
        *("organization", "title", "category", "description", "needed_by"),
        *("contact_name", "contact_phone", "skills", "project", "draft"),
    )

    def __init__(
        self, *args: Any, communities: models.QuerySet[Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "organization", communities)

    def post_values(self) -> dict[str, Any]:
        """Return the columns of the post."""
        return {name: self.cleaned_data[name] for name in self.post_fields}


class PostAdminForm(ActionBackedForm):
    """A post in the admin, its codes chosen from their lists."""

    contact_name = PostFields.base_fields["contact_name"]
    contact_phone = PostFields.base_fields["contact_phone"]

    category = forms.ChoiceField(label=_("Post category"))
    skills = forms.MultipleChoiceField(
        label=_("Skills wanted"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Post
        fields = [
            *("organization", "project", "title", "category", "description"),
            *("needed_by", "contact_name", "contact_phone", "skills"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, code_list in {
            "category": CodeList.CATEGORIES,
            "skills": CodeList.SKILLS,
        }.items():
            self.fields[name].choices = code_items(code_list)  # type: ignore[attr-defined] # a choice field
