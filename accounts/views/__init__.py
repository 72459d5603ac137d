"""Pages of signing in, of the desk and of sign-in slips."""

from accounts.views.desk import Desk, NoticeList, ReadAllNotices, ReadNotice
from accounts.views.entrance import Activate, ChangePassword, Home, SignIn, SignOut
from accounts.views.slips import SlipList

__all__ = [
    "Activate",
    "ChangePassword",
    "Desk",
    "Home",
    "NoticeList",
    "ReadAllNotices",
    "ReadNotice",
    "SignIn",
    "SignOut",
    "SlipList",
]
