"""Write notices for people."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils import timezone, translation

from accounts.models import Notice, User
from core.dates import format_dates
from core.db.digests import digested
from core.text import StrOrPromise

MAX_LENGTH = 500


@digested
def notify(
    user: User,
    text: StrOrPromise,
    *,
    about: models.Model | None,
    url: str = "",
    **values: object,
) -> None:
    """Write a notice for one person, in the language of the installation.

    The row belongs to the action's transaction: rolled back with it, never lost. It
    opens the page of the record it is about unless another one is named. `values` fill
    the text; days and times are written as pages write them.
    """
    with translation.override(settings.LANGUAGE_CODE):
        sentence = str(text).format(**format_dates(values))[:MAX_LENGTH]
    Notice.objects.create(
        user=user,
        text=sentence,
        url=url or (about.get_absolute_url() if about is not None else ""),  # type: ignore[attr-defined] # records with pages
        subject_type=about._meta.label if about is not None else "",
        subject_id=str(about.pk) if about is not None else "",
    )


def read_notices_about(subjects: Iterable[models.Model], *, user: User) -> None:
    """Mark a person's notices about records they have just dealt with as read.

    Most people have a handful of unread ones, so these are read, not the subjects'.
    """
    unread = Notice.objects.visible_to(user).unread().exclude(subject_type="")
    rows = list(unread.values_list("pk", "subject_type", "subject_id"))
    if not rows:
        return
    dealt_with = {(one._meta.label, str(one.pk)) for one in subjects}
    settled = [pk for pk, *subject in rows if tuple(subject) in dealt_with]
    Notice.objects.filter(pk__in=settled).update(read_at=timezone.now())


def settle_notices(subject: models.Model) -> None:
    """Mark everybody's notices about a record as read: what they ask for was done."""
    Notice.objects.about(subject).unread().update(read_at=timezone.now())
