"""Rows of posts, shifts, claims and service."""

from volunteering.models.claims import Claim
from volunteering.models.posts import Post, Shift
from volunteering.models.service import ServiceRecord

__all__ = ["Claim", "Post", "ServiceRecord", "Shift"]
