"""Telling a person something, once what it tells of is certain."""

from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import translation

from accounts.models import Notice, User
from core.text import StrOrPromise

LONGEST = 200


def notify(user: User, text: StrOrPromise, url: str = "") -> None:
    """Tell one person, once the deed at hand is committed, in the office's language."""
    with translation.override(settings.LANGUAGE_CODE):
        words = str(text)[:LONGEST]
    transaction.on_commit(partial(_keep, user.pk, words, url))


def _keep(user_id: int, text: str, url: str) -> None:
    Notice.objects.create(user_id=user_id, text=text, url=url)
