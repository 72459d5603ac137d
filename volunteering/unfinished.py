"""What a community must not leave behind: posts that may still be claimed."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.unfinished import Unfinished, unfinished
from volunteering.enums import PostState
from volunteering.models import Post


def open_posts() -> QuerySet[Post]:
    """Posts that are not closed."""
    return Post.objects.exclude(state=PostState.CLOSED)


unfinished.add(
    Unfinished(
        "volunteering.posts",
        _("posts not closed: %(count)s (close them)"),
        open_posts,
    ),
)
