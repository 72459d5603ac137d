"""Doors of signing in and of the desk."""

from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("sign-in/", views.SignIn.as_view(), name="sign_in"),
    path("sign-out/", views.SignOut.as_view(), name="sign_out"),
    path("desk/", views.Desk.as_view(), name="desk"),
]
