"""URLs of signing in, the desk and sign-in slips."""

from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("sign-in/", views.SignIn.as_view(), name="sign_in"),
    path("sign-out/", views.SignOut.as_view(), name="sign_out"),
    path("activate/", views.Activate.as_view(), name="activate"),
    path("password/", views.ChangePassword.as_view(), name="password"),
    path("slips/", views.SlipList.as_view(), name="slips"),
    path("slips/consents/", views.ConsentList.as_view(), name="consents"),
    path(
        "slips/consents/<int:pk>/ask/", views.AskConsent.as_view(), name="ask_consent"
    ),
    path(
        "slips/consents/<int:pk>/agree/",
        views.AgreeToSlip.as_view(),
        name="agree_to_slip",
    ),
    path("locks/", views.LockList.as_view(), name="locks"),
    path("locks/<int:pk>/lift/", views.LiftLock.as_view(), name="lift_lock"),
    path("search/", views.Search.as_view(), name="search"),
    path("desk/", views.Desk.as_view(), name="desk"),
    path("calendar/", views.CalendarPage.as_view(), name="calendar"),
    path("calendar/revoke/", views.RevokeCalendar.as_view(), name="revoke_calendar"),
    path(
        "calendar/<str:token>.ics", views.CalendarFeed.as_view(), name="calendar_feed"
    ),
    path("log/access/", views.AccessLog.as_view(), name="access_log"),
    path("log/proof/", views.Proof.as_view(), name="proof"),
    path("log/proof/print/", views.ProofPaper.as_view(), name="proof_paper"),
    path("log/changes/", views.ChangeLog.as_view(), name="change_log"),
    path("notices/", views.NoticeList.as_view(), name="notices"),
    path("notices/read/", views.ReadAllNotices.as_view(), name="read_notices"),
    path("notices/<int:pk>/read/", views.ReadNotice.as_view(), name="read_notice"),
]
