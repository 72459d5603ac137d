"""Actions on notices."""

from django.utils import timezone

from accounts.models import Notice, User


def read_notices(user: User, *, only: Notice | None = None) -> int:
    """Mark a person's notices, or one of them, as read; return how many were unread."""
    unread = Notice.objects.visible_to(user).unread()
    if only is not None:
        unread = unread.filter(pk=only.pk)
    return unread.update(read_at=timezone.now())
