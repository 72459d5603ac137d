"""URLs of the volunteering app."""

from django.urls import URLPattern, URLResolver, include, path

from volunteering import views

app_name = "volunteering"

# posts/<pk>/
post_urls = [
    path("", views.PostDetail.as_view(), name="detail"),
    path("change/", views.ChangePost.as_view(), name="change"),
    path("publish/", views.PublishPost.as_view(), name="publish"),
    path("close/", views.ClosePost.as_view(), name="close"),
    path("shifts/add/", views.AddShift.as_view(), name="add_shift"),
]

# service/
service_urls = [
    path("", views.PendingService.as_view(), name="service"),
    path("confirm/", views.ConfirmServices.as_view(), name="confirm"),
    path("unrecorded/", views.UnrecordedShifts.as_view(), name="unrecorded"),
    path("<int:pk>/return/", views.ReturnService.as_view(), name="return"),
    path("<int:pk>/take-back/", views.TakeBackConfirmation.as_view(), name="take_back"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("posts/", views.PostList.as_view(), name="list"),
    path("posts/offer/", views.OfferPost.as_view(), name="offer"),
    path("posts/<int:pk>/", include(post_urls)),
    path("shifts/<int:pk>/change/", views.ChangeShift.as_view(), name="change_shift"),
    path("shifts/<int:pk>/cancel/", views.CancelShift.as_view(), name="cancel_shift"),
    path("shifts/<int:pk>/claim/", views.ClaimShift.as_view(), name="claim"),
    path("shifts/<int:pk>/came/", views.RecordAttendance.as_view(), name="attendance"),
    path("claims/<int:pk>/missed/", views.MarkMissed.as_view(), name="missed"),
    path("claims/<int:pk>/withdraw/", views.WithdrawClaim.as_view(), name="withdraw"),
    path("claims/<int:pk>/record/", views.RecordService.as_view(), name="record"),
    path("me/service/", views.OwnService.as_view(), name="mine"),
    path("service/", include(service_urls)),
]
