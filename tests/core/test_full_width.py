"""Full-width characters are read in every field of a number, a day or a time."""

import pkgutil
from importlib import import_module

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib.admin.sites import site as _site  # noqa: F401 -- loads the admins
from django.urls import get_resolver, reverse
from django_filters import FilterSet

from accounts.backends import UsernameOrPhone
from core.months import today
from core.names import FULL_WIDTH
from core.web.full_width import FIELDS
from core.web.months import MonthField
from members.fields import PhoneField
from tests.factories.accounts import PASSWORD
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
