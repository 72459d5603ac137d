"""Notices: what a person finds on their desk."""

from django.conf import settings
from django.utils import translation

from accounts.models import Notice, User
from core.text import StrOrPromise

LONGEST = 200


def notify(user: User, text: StrOrPromise, url: str = "") -> None:
    """Write a notice for one person, in the language of the installation.

    It is a row of the action's own transaction: rolled back with it, lost by no crash.
    """
    with translation.override(settings.LANGUAGE_CODE):
        words = str(text)[:LONGEST]
    Notice.objects.create(user=user, text=words, url=url)
