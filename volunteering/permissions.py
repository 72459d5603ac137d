"""Who may do what with posts, claims and service."""

from core.actors import Actor, scope_of
from organizations.roles import RECORD_KEEPERS
from volunteering.models import Claim, Post, ServiceRecord, Shift


def can_offer(user: Actor) -> bool:
    """Record keepers offer posts of their communities."""
    return scope_of(user).has_role(RECORD_KEEPERS)


def can_serve(user: Actor) -> bool:
    """Members claim posts and have hours of their own."""
    return scope_of(user).member_id is not None


def can_oversee(user: Actor) -> bool:
    """Record keepers confirm the hours of their communities."""
    return scope_of(user).has_role(RECORD_KEEPERS)


def can_manage(user: Actor, post: Post) -> bool:
    """People who offer posts of the community also change, publish and close them."""
    return Post.objects.managed_by(user).filter(pk=post.pk).exists()


def is_expected(user: Actor, post: Post) -> bool:
    """Members who hold a place of the post may read its contact."""
    own = Claim.objects.holding().of_member(scope_of(user).member_id)
    return own.filter(shift__post=post).exists()


def can_claim(user: Actor, _shift: Shift) -> bool:
    """Every member may claim, wherever they belong: posts are public."""
    return can_serve(user)


def can_withdraw(user: Actor, claim: Claim) -> bool:
    """The member, or a keeper whom the member has notified."""
    return _is_own(user, claim) or _manages(user, claim)


def can_record(user: Actor, claim: Claim) -> bool:
    """The member, or a keeper of the community."""
    return _is_own(user, claim) or _manages(user, claim)


def can_confirm(user: Actor, record: ServiceRecord) -> bool:
    """A record keeper of the community; the action checks that it is another person."""
    return ServiceRecord.objects.managed_by(user).filter(pk=record.pk).exists()


def _is_own(user: Actor, claim: Claim) -> bool:
    return claim.member_id == scope_of(user).member_id


def _manages(user: Actor, claim: Claim) -> bool:
    return Claim.objects.managed_by(user).filter(pk=claim.pk).exists()
