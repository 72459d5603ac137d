"""What this app lets people search for: posts."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.names import name_contains
from core.registries.search import Hit, SearchKind, search_kinds
from volunteering.models import Post


def may_look(_reader: Actor) -> bool:
    """Posts are public; drafts are left out by `visible_to`."""
    return True


def find_posts(reader: Actor, text: str) -> QuerySet[Post]:
    """Return the posts that are called so, the latest first."""
    rows = Post.objects.visible_to(reader).select_related("organization")
    return rows.filter(name_contains(text, "title")).order_by("-pk")


def show_post(row: Post) -> Hit:
    """Show a post with its community and its state."""
    note = f"{row.organization.name} · {row.get_state_display()}"
    return Hit(row.title, row.get_absolute_url(), note)


search_kinds.add(
    SearchKind(
        "volunteering.posts",
        _("Volunteer posts"),
        may_look,
        find_posts,
        show_post,
        rank=40,
    )
)
