"""Pages of signing in, of the desk and of sign-in slips."""

from accounts.views.calendar import CalendarFeed, CalendarPage, RevokeCalendar
from accounts.views.consents import AgreeToSlip, AskConsent, ConsentList
from accounts.views.desk import Desk, NoticeList, ReadAllNotices, ReadNotice
from accounts.views.entrance import Activate, ChangePassword, Home, SignIn, SignOut
from accounts.views.language import switch_language
from accounts.views.locks import LiftLock, LockList
from accounts.views.logs import AccessLog, ChangeLog
from accounts.views.proof import Proof, ProofPaper
from accounts.views.search import Search
from accounts.views.slips import SlipList

__all__ = [
    "AccessLog",
    "Activate",
    "AgreeToSlip",
    "AskConsent",
    "CalendarFeed",
    "CalendarPage",
    "ChangeLog",
    "ChangePassword",
    "ConsentList",
    "Desk",
    "Home",
    "LiftLock",
    "LockList",
    "NoticeList",
    "Proof",
    "ProofPaper",
    "ReadAllNotices",
    "ReadNotice",
    "RevokeCalendar",
    "Search",
    "SignIn",
    "SignOut",
    "SlipList",
    "switch_language",
]
