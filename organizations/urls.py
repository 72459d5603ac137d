"""Addresses of the tree, of resident units and of facts of places."""

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

# places/
place_urls = [
    path("facts/", views.PlaceFactList.as_view(), name="facts"),
    path("facts/record/", views.RecordFact.as_view(), name="record_fact"),
    path("facts/<int:pk>/void/", views.VoidFact.as_view(), name="void_fact"),
    path("<int:pk>/facts/", views.FactsOfPlace.as_view(), name="facts_of_place"),
]

# organizations/<pk>/
organization_urls: list[URLPattern | URLResolver] = [
    path("", views.OrganizationDetail.as_view(), name="organization"),
    path("found/", views.Found.as_view(), name="found"),
    path("rename/", views.Rename.as_view(), name="rename"),
    path("move/", views.Move.as_view(), name="move"),
    path("dissolve/", views.DissolveInto.as_view(), name="dissolve"),
    path("split/", views.SplitOff.as_view(), name="split"),
]

# organizations/
tree_urls: list[URLPattern | URLResolver] = [
    path("", views.OrganizationTree.as_view(), name="tree"),
    path("list/", views.OrganizationList.as_view(), name="list"),
    path("decisions/<int:pk>/", views.DecisionDetail.as_view(), name="decision"),
    path(
        "decisions/<int:pk>/void/", views.VoidDecision.as_view(), name="void_decision"
    ),
    path("findings/", views.FindingList.as_view(), name="findings"),
    path("<int:pk>/", include(organization_urls)),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("organizations/", include(tree_urls)),
    path("units/", include(units_urls)),
    path("places/", include(place_urls)),
]
