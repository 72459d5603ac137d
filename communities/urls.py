"""Doors of the communities app."""

from django.urls import URLPattern, URLResolver, include, path

from communities.views import keeping, pages

app_name = "communities"

# meetings/<pk>/
meeting_urls = [
    path("", pages.MeetingDetail.as_view(), name="detail"),
    path("change/", keeping.ChangeMeeting.as_view(), name="change"),
    path("withdraw/", keeping.WithdrawMeeting.as_view(), name="withdraw"),
]

# meetings/
urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.MeetingList.as_view(), name="list"),
    path("owed/", pages.OwedList.as_view(), name="owed"),
    path("record/", keeping.ChooseMeeting.as_view(), name="record"),
    path(
        "record/<int:pk>/<slug:kind>/<int:year>-<int:month>-<int:day>/",
        keeping.RecordMeeting.as_view(),
        name="record_for",
    ),
    path("<int:pk>/", include(meeting_urls)),
]
