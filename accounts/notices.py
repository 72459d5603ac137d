"""Write notices for people."""

from django.conf import settings
from django.utils import timezone, translation

from accounts.models import Notice, User
from core.text import StrOrPromise

MAX_LENGTH = 200


def notify(user: User, text: StrOrPromise, url: str = "") -> None:
    """Write a notice for one person, in the language of the installation.

    The row belongs to the action's transaction: rolled back with it, never lost.
    """
    with translation.override(settings.LANGUAGE_CODE):
        sentence = str(text)[:MAX_LENGTH]
    Notice.objects.create(user=user, text=sentence, url=url)


def settle_notices(url: str) -> None:
    """Mark the notices that ask for something on a page as read once it is done."""
    Notice.objects.filter(url=url).unread().update(read_at=timezone.now())
