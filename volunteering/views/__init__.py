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
    RecordAttendance,
    RecordService,
    ReturnService,
    SayMissed,
    UnrecordedShifts,
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
    "RecordAttendance",
    "RecordService",
    "ReturnService",
    "SayMissed",
    "UnrecordedShifts",
    "WithdrawClaim",
]
