"""Saved filters of a made-up city: one that the street shares, one of a secretary."""

from django.urls import reverse

from config.demo.life import CommunityStaff
from exchange.actions import save_view
from organizations.models import Organization
from organizations.queries import street_above


def save_views(community: Organization, staff_accounts: CommunityStaff) -> None:
    """Share a filter of the street with its communities; give the secretary one."""
    members = reverse("members:list")
    save_view(
        "members:list",
        f"{members}?standing=probationary&sort=name",
        name="预备党员",
        organization=street_above(community),
        by=staff_accounts.staff,
    )
    save_view(
        "members:list",
        f"{members}?category=retired&sort=organization",
        name="离退休党员",
        by=staff_accounts.secretary,
    )
