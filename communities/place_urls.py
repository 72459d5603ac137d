"""Addresses of visits to places, and of their facilities."""

from django.urls import path

from communities.views import facilities, visits

# facilities/
facility_urls = [
    path("", facilities.FacilityList.as_view(), name="facilities"),
    path("missing/", facilities.MissingList.as_view(), name="missing_facilities"),
    path("enter/", facilities.EnterFacility.as_view(), name="enter_facility"),
    path("<int:pk>/", facilities.FacilityDetail.as_view(), name="facility"),
    path(
        "<int:pk>/change/", facilities.ChangeFacility.as_view(), name="change_facility"
    ),
    path(
        "<int:pk>/give-up/",
        facilities.GiveUpFacility.as_view(),
        name="give_up_facility",
    ),
    path("<int:pk>/void/", facilities.VoidFacility.as_view(), name="void_facility"),
    path(
        "places/<int:pk>/", facilities.RecordFacility.as_view(), name="record_facility"
    ),
]

# visits/
visit_urls = [
    path("", visits.VisitList.as_view(), name="visits"),
    path("enter/", visits.ChooseVisited.as_view(), name="choose_visited"),
    path("months/", visits.VisitMonths.as_view(), name="visit_months"),
    path("<int:pk>/", visits.VisitDetail.as_view(), name="visit"),
    path("<int:pk>/settle/", visits.SettleVisit.as_view(), name="settle_visit"),
    path("<int:pk>/correct/", visits.CorrectVisit.as_view(), name="correct_visit"),
    path("<int:pk>/void/", visits.VoidVisit.as_view(), name="void_visit"),
    path(
        "organizations/<int:pk>/",
        visits.VisitOrganization.as_view(),
        name="visit_organization",
    ),
    path("units/<int:pk>/", visits.VisitUnit.as_view(), name="visit_unit"),
]
