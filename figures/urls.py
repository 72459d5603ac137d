"""Addresses of figures."""

from django.urls import path, register_converter

from core.web.months import MonthConverter
from figures import views

app_name = "figures"
register_converter(MonthConverter, "month")

urlpatterns = [
    path(
        "figures/<int:pk>/<month:month>/",
        views.FigureList.as_view(),
        name="list",
    ),
    path(
        "figures/<int:pk>/<month:month>/ratios/",
        views.RatioList.as_view(),
        name="ratios",
    ),
    path(
        "figures/<int:pk>/<month:month>/ratios/<slug:key>/",
        views.RatioByPlace.as_view(),
        name="ratio",
    ),
    path(
        "figures/<int:pk>/<month:month>/<slug:key>/",
        views.FigureRows.as_view(),
        name="rows",
    ),
    path(
        "figures/<int:pk>/<month:month>/<slug:key>/by/<slug:by>/",
        views.FigureBreakdown.as_view(),
        name="breakdown",
    ),
]
