"""Pages of posts, claims and service."""

from volunteering.views.claims import ClaimShift, OwnService, WithdrawClaim
from volunteering.views.posts import (
    AddShift,
    CancelShift,
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
    MarkMissed,
    PendingService,
    RecordAttendance,
    RecordService,
    ReturnService,
    UnrecordedShifts,
)

__all__ = [
    "AddShift",
    "CancelShift",
    "ChangePost",
    "ChangeShift",
    "ClaimShift",
    "ClosePost",
    "ConfirmServices",
    "MarkMissed",
    "OfferPost",
    "OwnService",
    "PendingService",
    "PostDetail",
    "PostList",
    "PublishPost",
    "RecordAttendance",
    "RecordService",
    "ReturnService",
    "UnrecordedShifts",
    "WithdrawClaim",
]
