"""No wording of the framework reaches users: what its forms refuse, offices word."""

from pathlib import Path

import polib
import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.urls import get_resolver
from django.utils import translation
from django.utils.functional import Promise

ROOT = Path(__file__).parents[1]
FRAMEWORK_WORDS = ("字段", "变量", "必填项", "确保", "输入一个", "有效的", "你", "null")


def all_forms():
    """Every form class of ours that is loaded once all addresses are."""
    assert get_resolver().url_patterns  # which loads each app's views
    found, open_classes = set(), [forms.BaseForm]
    while open_classes:
        one = open_classes.pop()
        open_classes += one.__subclasses__()
        ours = one.__module__.split(".")[0] in settings.OUR_APPS
        if ours and hasattr(one, "base_fields"):
            found.add(one)
    return sorted(found, key=lambda one: f"{one.__module__}.{one.__qualname__}")


def model_fields():
    """Every field of ours that somebody may type into."""
    for model in apps.get_models():
        if model._meta.app_label in settings.OUR_APPS:
            yield from (f for f in model._meta.get_fields() if f.concrete)


def messages_of(field):
    """What a field of a form or a model may refuse, its validators included."""
    yield from field.error_messages.values()
    for one in field.validators:
        yield getattr(one, "message", "")
        yield from getattr(one, "messages", {}).values()


def every_field():
    """Each field of a form or a model, by where it stands."""
    for form in all_forms():
        for name, field in form.base_fields.items():
            yield f"{form.__name__}.{name}", field
    for field in model_fields():
        yield f"{field.model.__name__}.{field.name}", field
        if (typed := getattr(field, "formfield", lambda: None)()) is not None:
            yield f"{field.model.__name__}.{field.name} typed", typed


def every_message():
    """Each message by where it may appear."""
    for place, field in every_field():
        for message in messages_of(field):
            yield place, message


def our_ids():
    """The ids that have a translation of ours."""
    found = set()
    for path in ROOT.glob("*/locale/zh_Hans/LC_MESSAGES/django.po"):
        for entry in polib.pofile(str(path)):
            found |= {entry.msgid, entry.msgid_plural}
    return found


def id_of(message):
    """The English id of a message, one of its forms if it counts."""
    if isinstance(message, Promise):
        kwargs = getattr(message, "_kw", None) or getattr(message, "_proxy____kw", None)
        if kwargs and "singular" in kwargs:
            return kwargs["singular"]
        with translation.override("en"):
            return str(message)
    return message


def test_there_are_many_forms_to_ask():
    assert len(all_forms()) > 40


def test_what_fields_refuse_is_worded_by_us():
    known, foreign = our_ids(), {}
    for place, message in every_message():
        msgid = id_of(message)
        if msgid and msgid not in known:
            foreign.setdefault(msgid, place)

    assert foreign == {}


def test_no_refusal_of_a_field_speaks_like_a_framework():
    said = {}
    with translation.override("zh-hans"):
        for place, message in every_message():
            kwargs = getattr(message, "_kw", None) or {}
            if "singular" in kwargs:
                continue
            said.setdefault(str(message), place)

    assert {
        text: place
        for text, place in said.items()
        if any(word in text for word in FRAMEWORK_WORDS)
    } == {}


@pytest.mark.parametrize("form", all_forms(), ids=lambda form: form.__qualname__)
def test_an_empty_form_asks_in_our_words(form):
    with translation.override("zh-hans"):
        for field in form.base_fields.values():
            if not field.required or field.disabled:
                continue
            with pytest.raises(forms.ValidationError) as refusal:
                field.clean([] if isinstance(field, forms.MultipleChoiceField) else "")
            said = "".join(refusal.value.messages)
            assert not any(word in said for word in FRAMEWORK_WORDS), said
