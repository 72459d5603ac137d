"""Pages of posts, claims and service."""

from volunteering.views.claims import ClaimShift, OwnService, WithdrawClaim
from volunteering.views.confirming import (
    ConfirmServices,
    PendingService,
    ReturnService,
    TakeBackConfirmation,
)
from volunteering.views.posts import (
    ChangePost,
    ClosePost,
    OfferPost,
    PostDetail,
    PostList,
    PublishPost,
)
from volunteering.views.service import (
    MarkMissed,
    RecordAttendance,
    RecordService,
    UnrecordedShifts,
)
from volunteering.views.shifts import AddShift, CancelShift, ChangeShift

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
    "TakeBackConfirmation",
    "UnrecordedShifts",
    "WithdrawClaim",
]
