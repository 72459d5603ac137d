"""Addresses of cases."""

from django.urls import URLPattern, URLResolver, include, path

from cases import views

app_name = "cases"

# cases/<pk>/
case_urls = [
    path("", views.CaseDetail.as_view(), name="detail"),
    path("print/", views.CasePaper.as_view(), name="print"),
    path("take/", views.TakeCase.as_view(), name="take"),
    path("hand-over/", views.HandOverCase.as_view(), name="hand_over"),
    path("step/", views.RecordStep.as_view(), name="step"),
    path("answer/", views.AnswerCase.as_view(), name="answer"),
    path("void/", views.VoidCase.as_view(), name="void"),
]

# cases/
list_urls: list[URLPattern | URLResolver] = [
    path("", views.CaseList.as_view(), name="list"),
    path("open/", views.OpenCase.as_view(), name="open"),
    path("<int:pk>/", include(case_urls)),
]

urlpatterns: list[URLPattern | URLResolver] = [path("cases/", include(list_urls))]
