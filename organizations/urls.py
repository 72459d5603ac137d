"""Addresses of the register of resident units."""

from django.urls import URLPattern, URLResolver, include, path

from organizations import views

app_name = "organizations"

# units/<pk>/
unit_urls = [
    path("", views.UnitDetail.as_view(), name="unit"),
    path("change/", views.ChangeUnit.as_view(), name="change_unit"),
    path("end/", views.EndUnit.as_view(), name="end_unit"),
]

# units/
units_urls: list[URLPattern | URLResolver] = [
    path("", views.UnitList.as_view(), name="units"),
    path("enter/", views.EnterUnit.as_view(), name="enter_unit"),
    path("<int:pk>/", include(unit_urls)),
]

urlpatterns: list[URLPattern | URLResolver] = [path("units/", include(units_urls))]
