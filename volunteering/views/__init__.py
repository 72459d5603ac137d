"""Pages of posts, claims and service."""

from volunteering.views.claims import ClaimShift, OwnService, WithdrawClaim
from volunteering.views.posts import (
    AddShift,
    ChangePost,
    ChangeShift,
    ClosePost,
    OfferPost,
    PostDetail,
    PostList,
    PublishPost,
)
from volunteering.views.service import (
    ConfirmServices,
    PendingService,
    RecordService,
    ReturnService,
    UnrecordedClaims,
)

__all__ = [
    "AddShift",
    "ChangePost",
    "ChangeShift",
    "ClaimShift",
    "ClosePost",
    "ConfirmServices",
    "OfferPost",
    "OwnService",
    "PendingService",
    "PostDetail",
    "PostList",
    "PublishPost",
    "RecordService",
    "ReturnService",
    "UnrecordedClaims",
    "WithdrawClaim",
]
