"""The admin speaks in words: no list, form or history shows a key of our code."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse

from figures.definitions import indicators
from organizations.models import CodeItem
from tests.factories.organizations import CommunityFactory
from tests.test_lists import INSTALLATION_WIDE, LISTS, MAKERS, readers

pytestmark = pytest.mark.django_db
# What a code list shows under “code” is what an office wrote there.
CODES = {"organizations.CodeItem"}
TOKEN = re.compile(r"(?<![\w./@#=-])[a-z][a-z0-9_]{3,}(?![\w./@-])")
JSON = re.compile(r"\{&quot;|\{&#x27;")
LATIN = re.compile(r"[a-z][a-z0-9_]{3,}")


def keys_of_the_code():
    """Keys of choices, indicators and code lists, none of which people should read."""
    ours = [m for m in apps.get_models() if m._meta.app_label in settings.OUR_APPS]
    choices = {
        str(key)
        for model in ours
        for field in model._meta.fields
        for key, _label in getattr(field, "flatchoices", ())
    }
    columns = {field.name for model in ours for field in model._meta.fields}
    codes = {*CodeItem.objects.values_list("code", flat=True)}
    lists = {*CodeItem.objects.values_list("code_list", flat=True)}
    known = choices | codes | lists | {one.key for one in indicators}
    compound = {name for name in columns if "_" in name}
    return {key for key in known | compound if LATIN.fullmatch(key)}


def visible_text(page):
    """What a reader sees of a page: neither scripts nor what could be chosen."""
    hidden = r"(?s)<(script|style|head|select)\b.*?</\1>"
    body = re.sub(hidden, " ", page.content.decode())
    return re.sub(r"<[^>]+>", " | ", body)


def pages_of(client, model, person):
    """The list, the form and the history of the newest row that the person may see."""
    base = f"admin:{model._meta.label_lower.replace('.', '_')}"
    yield client.get(reverse(f"{base}_changelist"))
    row = model._default_manager.visible_to(person).order_by("-pk").first()
    if row is not None:
        for name in ("change", "history"):
            yield client.get(reverse(f"{base}_{name}", args=[row.pk]))


@pytest.mark.parametrize("label", sorted({*LISTS} - CODES))
def test_no_page_of_the_admin_shows_a_key(client, label):
    CommunityFactory()
    if label not in INSTALLATION_WIDE:
        MAKERS[label]()
    keys, opened, shown = keys_of_the_code(), 0, set()

    for person in readers():
        client.force_login(person, "accounts.backends.UsernameOrPhone")
        for page in pages_of(client, apps.get_model(label), person):
            if page.status_code == 200:
                opened += 1
                text = visible_text(page)
                shown |= {*TOKEN.findall(text)} & keys | {*JSON.findall(text)}

    assert opened > 0
    assert shown == set()
