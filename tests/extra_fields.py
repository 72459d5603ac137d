"""Sends a form twice, as its page shows it and with fields that it does not show.

The extra fields are named after every column of our models and after what rights, ends
and signatures are called. Both times are rolled back; what they wrote has to be equal.
"""

import copy
import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

import time_machine
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from core.web.edit_conflicts import VERSION_TOKEN
from core.web.idempotency import KEY
from tests.changes import watched
from tests.html import Form

RIGHTS = {
    **dict.fromkeys(("is_superuser", "is_staff", "is_active", "confirmed"), "on"),
    **dict.fromkeys(("groups", "user_permissions", "scope", "by", "actor"), "1"),
    **dict.fromkeys(("status", "amount", "created_by", "approved_by", "on"), "1"),
}
KEPT = {"csrfmiddlewaretoken", KEY, VERSION_TOKEN}
LOGS = {"accounts.DigestEntry", "accounts.IdempotencyRecord", "accounts.Notice"}
"""What is written beside the records; it names rows by keys that differ each time."""
SECRET = re.compile(r"(digest|hash|password|secret|code|mac|path)$")
BY_REQUEST = {"subject_id", "request_id", "subject"}  # keys of rows, as texts
SEALED = re.compile(r"\d\$")
LAST_WORDS = 3
"""So many models of the address's app have their turn."""
LATER = dt.date(2026, 1, 7)
BY_KIND: dict[type[models.Field], str] = {
    models.BooleanField: "on",
    models.DateTimeField: f"{LATER} 08:00",
    models.DateField: f"{LATER}",
    models.IntegerField: "7",
    models.DecimalField: "7",
}
Written = dict[str, list[Any]]


def effect(client: Client, address: str, sent: dict[str, Any]) -> tuple[int, Written]:
    """Send data; return the status and what was written; keep nothing of it."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic(), watched() as changes:
        answer = client.post(address, sent)
        written = comparable(changes.written())
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer.status_code, written


def comparable(written: dict[type[models.Model], list[dict[str, Any]]]) -> Written:
    """Return what two runs of one write have in common.

    Keys of new rows, secrets drawn by chance and sealed texts differ each time.
    """
    new = {
        (model, row[model._meta.pk.column])
        for model, rows in written.items()
        for row in rows
        if row.pop("is new")
    }
    result: Written = {}
    for model, rows in written.items():
        if model._meta.label not in LOGS:
            lines = [[*columns(model, row, new)] for row in rows]
            result[model._meta.label] = sorted(lines, key=repr)
    return result


def columns(
    model: type[models.Model], row: dict[str, Any], new: set[Any]
) -> Iterator[tuple[str, Any]]:
    """Yield the columns of a row that two runs of one write have in common."""
    for field in model._meta.concrete_fields:
        value = row[field.column]
        kind = field.related_model if field.is_relation else model
        if field.is_relation or field.primary_key:
            value = "new" if (kind, value) in new else value
        if isinstance(field, models.JSONField) and "subject_type" in row:
            value = [*columns_told(row["subject_type"], value, new)]
        by_chance = SECRET.search(field.name) or field.name in BY_REQUEST
        if by_chance or SEALED.match(str(value)):
            continue
        yield field.name, value


def columns_told(
    label: str, told: str | dict[str, Any], new: set[Any]
) -> Iterator[tuple[str, Any]]:
    """Yield what an entry of the log tells of its subject, without keys of new rows."""
    subject = apps.get_model(label)
    fields = {field.name: field for field in subject._meta.concrete_fields}
    values = json.loads(told) if isinstance(told, str) else told
    for name, value in values.items():
        field = fields.get(name)
        if field is not None and field.primary_key:
            continue
        is_new = (
            field is not None
            and field.is_relation
            and (field.related_model, value) in new
        )
        yield name, "new" if is_new else value


def models_of(address: str) -> list[type[models.Model]]:
    """Return our models, those of the address's own app last."""
    match = resolve(address)
    own = [match.namespace, *(match.url_name or "").split("_")]
    ours = [m for m in apps.get_models() if m._meta.app_label in settings.OUR_APPS]
    return sorted(ours, key=lambda m: m._meta.app_label in own)


def extras(form: Form, sent: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Yield data named after every column; in turn each model has the last word."""
    shown = {*form.fields, *form.choices, *form.files, *dict(form.buttons), *sent}
    ours = models_of(form.action)
    everything = dict(RIGHTS)
    for model in ours:
        everything |= values_of(model)
    seen = set()
    for model in reversed(ours):
        named = {**everything, **values_of(model)}
        extra = {n: v for n, v in named.items() if n not in shown | KEPT}
        line = tuple(sorted(extra.items()))
        if line not in seen and len(seen) < LAST_WORDS:
            seen.add(line)
            yield extra


def values_of(model: type[models.Model]) -> dict[str, str]:
    """Return a value for each column of a model that is not the default."""
    found = {}
    for field in model._meta.concrete_fields:
        value = value_for(field)
        found[field.name] = found[field.attname] = value
    return found


def value_for(field: models.Field) -> str:
    """Return a plausible value that no test has by accident."""
    if field.is_relation:
        row = field.related_model._base_manager.order_by("-pk").first()
        return f"{row.pk if row else 1}"
    if field.choices:
        return str([*field.flatchoices][-1][0])
    found = (value for kind, value in BY_KIND.items() if isinstance(field, kind))
    return next(found, "偷带")


def what_extras_change(
    client: Client, form: Form, sent: dict[str, Any]
) -> tuple[bool, list[str]]:
    """Whether the form as shown writes anything, and what extra fields change in it."""
    with time_machine.travel(timezone.now(), tick=False):
        plain = effect(client, form.action, sent)
        wrong = []
        for extra in extras(form, sent):
            carried = effect(client, form.action, {**extra, **sent})
            if carried != plain:
                wrong.append(f"{form.action}: {difference(plain, carried)}")
    return bool(plain[1]), wrong


def difference(one: tuple[int, Written], other: tuple[int, Written]) -> str:
    """Say in which lines two effects differ."""
    if one[0] != other[0]:
        return f"{one[0]} became {other[0]}"
    return "; ".join(
        f"{label}: {one[1].get(label)} became {other[1].get(label)}"
        for label in {*one[1], *other[1]}
        if one[1].get(label) != other[1].get(label)
    )
