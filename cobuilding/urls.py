"""URLs of the cobuilding app."""

from django.urls import URLPattern, URLResolver, include, path

from cobuilding.views import agreements, targets, unit

app_name = "cobuilding"

# cobuilding/agreements/<pk>/
agreement_urls = [
    path("", agreements.AgreementDetail.as_view(), name="agreement"),
    path("change/", agreements.ChangeAgreement.as_view(), name="change_agreement"),
    path("add-target/", targets.AddTarget.as_view(), name="add_target"),
    path("sign-for-unit/", agreements.SignForUnit.as_view(), name="sign_for_unit"),
    path(
        "sign-for-community/",
        agreements.SignForCommunity.as_view(),
        name="sign_for_community",
    ),
    path("end/", agreements.EndAgreement.as_view(), name="end_agreement"),
]

# cobuilding/targets/<pk>/
target_urls = [
    path("", targets.TargetDetail.as_view(), name="target"),
    path("<int:year>-<int:month>/", targets.TargetRows.as_view(), name="target_rows"),
    path("remove/", targets.RemoveTarget.as_view(), name="remove_target"),
]

# cobuilding/
cobuilding_urls = [
    path("", agreements.AgreementList.as_view(), name="list"),
    path(
        "agreements/draft/", agreements.DraftAgreement.as_view(), name="draft_agreement"
    ),
    path("agreements/<int:pk>/", include(agreement_urls)),
    path("targets/<int:pk>/", include(target_urls)),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("unit/", unit.UnitPage.as_view(), name="unit"),
    path("cobuilding/", include(cobuilding_urls)),
]
