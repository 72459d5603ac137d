"""Full-width characters are read in every field of a number, a day or a time."""

import pkgutil
from importlib import import_module

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib.admin.sites import site
from django.test import RequestFactory
from django.urls import get_resolver, reverse
from django_filters import FilterSet

from accounts.backends import UsernameOrPhone
from core.admin import ActionBackedAdmin
from core.months import today
from core.names import FULL_WIDTH
from core.web.full_width import FIELDS
from core.web.months import MonthField
from members.fields import PhoneField
from organizations.roles import Role
from tests.factories.accounts import PASSWORD, RoleAssignmentFactory
from tests.factories.members import MemberFactory, account_of

WIDE = {narrow: wide for wide, narrow in FULL_WIDTH.items()}
TYPED = {
    MonthField: "2026-06",
    forms.DateTimeField: "2026-06-10 08:30",
    forms.DateField: f"{today()}",
    forms.TimeField: "08:30",
    forms.DecimalField: "1.5",
    forms.FloatField: "1.5",
    forms.IntegerField: "3",
    PhoneField: "13800138000",
}


def widened(text):
    return text.translate(WIDE)


def subclasses(cls):
    for sub in cls.__subclasses__():
        yield sub
        yield from subclasses(sub)


def load_project():
    """Import every form and filter of the project."""
    get_resolver().url_patterns  # noqa: B018 -- loads the addresses and their views
    for config in apps.get_app_configs():
        if (
            config.path.startswith(str(settings.BASE_DIR))
            and ".venv" not in config.path
        ):
            for found in pkgutil.walk_packages([config.path], f"{config.name}."):
                if any(part in found.name for part in ("form", "filter", "admin")):
                    import_module(found.name)


def ours(cls):
    return apps.get_containing_app_config(cls.__module__) is not None


def typed_fields():
    """Return every field of a number, a day, a time or a phone by where it is made."""
    load_project()
    declared = [
        (f"{form.__module__}.{form.__name__}.{name}", field)
        for form in subclasses(forms.BaseForm)
        if ours(form)
        for name, field in getattr(form, "base_fields", {}).items()
    ]
    filters = [
        (f"{each.__module__}.{each.__name__}.{name}", made.field)
        for each in subclasses(FilterSet)
        if ours(each)
        for name, made in each.base_filters.items()
        if issubclass(made.field_class, FIELDS)
    ]
    columns = [  # from which the admin makes its fields
        (f"{column}", column.formfield())
        for model in apps.get_models()
        if ours(model)
        for column in model._meta.concrete_fields
        if column.editable and not column.is_relation
    ]
    kinds, every = (*FIELDS, PhoneField), (*declared, *filters, *columns)
    return {key: field for key, field in every if isinstance(field, kinds)}


def sample(field):
    kind = next(kind for kind in TYPED if isinstance(field, kind))
    is_whole = isinstance(field, forms.DecimalField) and field.decimal_places == 0
    return "3" if is_whole else TYPED[kind]


def test_every_field_reads_full_width_as_half_width(db):
    fields = typed_fields()
    assert len(fields) > 30

    narrow = {key: field.to_python(sample(field)) for key, field in fields.items()}
    wide = {
        key: field.to_python(widened(sample(field))) for key, field in fields.items()
    }

    phones = {key for key, field in fields.items() if isinstance(field, PhoneField)}
    assert {k: v for k, v in wide.items() if k not in phones} == {
        k: v for k, v in narrow.items() if k not in phones
    }
    assert {fields[key].clean(widened(TYPED[PhoneField])) for key in phones} == {
        TYPED[PhoneField]
    }


PROSE = {
    *("address", "available", "contact_name", "counterparty", "decision"),
    *("destination", "display_name", "from_text", "full_name", "label", "local_names"),
    *("meeting_point", "name", "needed_by", "note", "owner_name", "person_name"),
    *("place", "purpose", "reason", "remark", "title", "to_text", "topic", "wish"),
    *("approved_by", "basis", "extension_basis", "former_unit", "other_names"),
    *("employer", "unit", "said_by", "secretary"),
    *("issuer", "source", "text", "spoke_with", "left_out_reason"),
    *("for_post", "mentor", "payer", "visitor"),
    *("carried_by", "contact", "document"),
    *("asker", "matter", "measure", "person", "position", "workplace"),
    *("lacks", "location", "open_hours", "real_use", "shared_with", "works"),
}
"""Fields of words; every other text field holds a number or a code."""
SECRETS = {"old_password", "new_password1", "password", "password1"}
NUMBERS = {
    "id_number": "11010519491231002X",
    "new_id_number": "11010519491231002X",
    "phone": "13800138000",
    "new_phone": "13800138000",
    "contact_phone": "13800138000",
    "join_date": "1978-07",
    "full_member_date": "1978-07",
    "credit_code": "91110000633674095F",
    "email": "office@example.com",
}


def is_typed_text(field):
    return (
        isinstance(field, forms.CharField)
        and not isinstance(field, FIELDS)
        and not isinstance(field.widget, forms.HiddenInput | forms.Textarea)
    )


def text_fields(*users):
    """Return every field of a line of text of our forms, and of the users' admins."""
    load_project()
    requests = [RequestFactory().get("/") for _user in users]
    for request, user in zip(requests, users, strict=True):
        request.user = user
    made = [
        admin.get_form(request)
        for request in requests
        for admin in site._registry.values()
        if isinstance(admin, ActionBackedAdmin) and admin.has_add_permission(request)
    ]
    classes = [form for form in subclasses(forms.BaseForm) if ours(form)]
    return {
        f"{form.__module__}.{form.__qualname__}.{name}": (name, field)
        for form in [*classes, *made]
        if form.__module__.partition(".")[0] != "django"
        for name, field in getattr(form, "base_fields", {}).items()
        if is_typed_text(field)
    }


def test_every_number_kept_as_text_is_read_in_full_width(staff):
    admin = RoleAssignmentFactory(role=Role.SYSTEM_ADMIN, organization=None).user
    numbers = {
        key: (NUMBERS.get(name, "Ab-12"), field)
        for key, (name, field) in text_fields(staff, admin).items()
        if name not in PROSE | SECRETS
    }
    assert len(numbers) > 15

    read = {key: field.clean(widened(sent)) for key, (sent, field) in numbers.items()}

    assert read == {key: field.clean(sent) for key, (sent, field) in numbers.items()}


@pytest.mark.parametrize("typed", ["ＺＳＦ", "ｚｈａｎｇ", "张\u3000三丰"])
def test_a_member_is_found_in_full_width_letters(client, secretary, branch, typed):
    MemberFactory(organization=branch, name="张三丰")
    client.force_login(secretary)

    page = client.get(reverse("members:list"), {"q": typed})

    assert [row.record.name for row in page.context["table"].rows] == ["张三丰"]


def test_a_phone_in_full_width_signs_in(branch, rf):
    member = MemberFactory(organization=branch, phone="13900001234")
    user = account_of(member)
    user.set_password(PASSWORD)
    user.save()

    found = UsernameOrPhone().authenticate(
        rf.post("/"), username=widened("13900001234"), password=PASSWORD
    )

    assert found == user
