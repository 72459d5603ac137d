"""Addresses of meetings and projects."""

from django.urls import URLPattern, URLResolver, include, path

from communities.views import meetings, minutes, papers, projects

app_name = "communities"

# meetings/<pk>/
meeting_urls = [
    path("", meetings.MeetingDetail.as_view(), name="detail"),
    path("print/", papers.MeetingPaper.as_view(), name="print"),
    path("change/", minutes.ChangeMeeting.as_view(), name="change"),
    path("void/", minutes.VoidMeeting.as_view(), name="void"),
]

# meetings/
meetings_urls: list[URLPattern | URLResolver] = [
    path("", meetings.MeetingList.as_view(), name="list"),
    path("owed/", meetings.OwedList.as_view(), name="owed"),
    path("record/", minutes.ChooseMeeting.as_view(), name="record"),
    path(
        "record/<int:pk>/<slug:kind>/<int:year>-<int:month>-<int:day>/",
        minutes.RecordMeeting.as_view(),
        name="record_for",
    ),
    path(
        "sign-in/<int:pk>/<slug:kind>/<int:year>-<int:month>-<int:day>/",
        papers.SignInSheet.as_view(),
        name="sign_in_sheet",
    ),
    path("<int:pk>/", include(meeting_urls)),
]

# projects/<pk>/
project_urls = [
    path("", projects.ProjectDetail.as_view(), name="project"),
    path("change/", projects.ChangeProject.as_view(), name="change_project"),
    path("end/", projects.EndProject.as_view(), name="end_project"),
    path("void/", projects.VoidProject.as_view(), name="void_project"),
]

# projects/
projects_urls: list[URLPattern | URLResolver] = [
    path("", projects.ProjectList.as_view(), name="projects"),
    path("start/", projects.StartProject.as_view(), name="start_project"),
    path("<int:pk>/", include(project_urls)),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("meetings/", include(meetings_urls)),
    path("projects/", include(projects_urls)),
]
