"""Addresses of meetings, projects and bodies."""

from django.urls import URLPattern, URLResolver, include, path

from communities.election_urls import elections_urls
from communities.place_urls import facility_urls, visit_urls
from communities.views import (
    activity,
    applicants,
    bodies,
    body_kinds,
    chains,
    covers,
    decisions,
    election_forms,
    filings,
    honours,
    leavers,
    meetings,
    minutes,
    papers,
    pay,
    projects,
    recruitments,
    reserves,
    seats,
    served,
    sittings,
    terms,
)
from communities.views.visits import RecordVisit

app_name = "communities"

# meetings/<pk>/
meeting_urls = [
    path("", meetings.MeetingDetail.as_view(), name="detail"),
    path("print/", papers.MeetingPaper.as_view(), name="print"),
    path("change/", minutes.ChangeMeeting.as_view(), name="change"),
    path("void/", minutes.VoidMeeting.as_view(), name="void"),
    path("decide/", decisions.DecideAtMeeting.as_view(), name="decide_at_meeting"),
]

# meetings/
meetings_urls: list[URLPattern | URLResolver] = [
    path("", meetings.MeetingList.as_view(), name="list"),
    path("owed/", meetings.OwedList.as_view(), name="owed"),
    path("activity/", activity.ActivityList.as_view(), name="activity"),
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

# bodies/<pk>/
body_urls = [
    path("", bodies.BodyDetail.as_view(), name="body"),
    path("print/", bodies.BodyPaper.as_view(), name="body_paper"),
    path("change/", bodies.ChangeBody.as_view(), name="change_body"),
    path("end/", bodies.EndBody.as_view(), name="end_body"),
    path("void/", bodies.VoidBody.as_view(), name="void_body"),
    path("begin-term/", terms.BeginTerm.as_view(), name="begin_term"),
    path("call-election/", election_forms.CallElection.as_view(), name="call_election"),
    path("serve/", served.ServeByBody.as_view(), name="serve_by_body"),
    path("sit/", sittings.RecordSitting.as_view(), name="record_sitting"),
    path("open-seat/", seats.OpenSeat.as_view(), name="open_seat"),
    path(
        "recruit/",
        recruitments.AnnounceRecruitment.as_view(),
        name="announce_recruitment",
    ),
]

# bodies/recruitments/
recruitment_urls = [
    path("", recruitments.RecruitmentList.as_view(), name="recruitments"),
    path("<int:pk>/", recruitments.RecruitmentDetail.as_view(), name="recruitment"),
    path(
        "<int:pk>/print/",
        recruitments.RecruitmentPaper.as_view(),
        name="recruitment_paper",
    ),
    path(
        "<int:pk>/change/",
        recruitments.ChangeRecruitment.as_view(),
        name="change_recruitment",
    ),
    path(
        "<int:pk>/close/",
        recruitments.CloseRecruitment.as_view(),
        name="close_recruitment",
    ),
    path(
        "<int:pk>/void/",
        recruitments.VoidRecruitment.as_view(),
        name="void_recruitment",
    ),
    path("<int:pk>/apply/", applicants.AddApplicant.as_view(), name="add_applicant"),
    path("applicants/<int:pk>/take/", applicants.TakeOn.as_view(), name="take_on"),
    path(
        "applicants/<int:pk>/decide/",
        applicants.DecideApplicant.as_view(),
        name="decide_applicant",
    ),
    path(
        "applicants/<int:pk>/void/",
        applicants.VoidApplicant.as_view(),
        name="void_applicant",
    ),
]

# bodies/kinds/
body_kind_urls = [
    path("", body_kinds.BodyKindList.as_view(), name="body_kinds"),
    path("add/", body_kinds.AddBodyKind.as_view(), name="add_body_kind"),
    path("<int:pk>/", body_kinds.BodyKindDetail.as_view(), name="body_kind"),
    path(
        "<int:pk>/change/",
        body_kinds.ChangeBodyKind.as_view(),
        name="change_body_kind",
    ),
    path("<int:pk>/add-seat/", body_kinds.AddSeatKind.as_view(), name="add_seat_kind"),
    path(
        "seats/<int:pk>/change/",
        body_kinds.ChangeSeatKind.as_view(),
        name="change_seat_kind",
    ),
]

# bodies/reserves/
reserve_urls = [
    path("", reserves.ReserveList.as_view(), name="reserves"),
    path("add/", reserves.AddReserve.as_view(), name="add_reserve"),
    path("<int:pk>/", reserves.ReserveDetail.as_view(), name="reserve"),
    path("<int:pk>/change/", reserves.ChangeReserve.as_view(), name="change_reserve"),
    path("<int:pk>/end/", reserves.EndReserve.as_view(), name="end_reserve"),
    path("<int:pk>/void/", reserves.VoidReserve.as_view(), name="void_reserve"),
]

# bodies/pay/
pay_urls = [
    path("", pay.PayList.as_view(), name="pay"),
    path("left/", leavers.LeaverList.as_view(), name="left_seats"),
    path("<int:pk>/void/", pay.VoidPay.as_view(), name="void_pay"),
    path("standards/", pay.StandardList.as_view(), name="pay_standards"),
    path("standards/set/", pay.SetStandard.as_view(), name="set_standard"),
    path("standards/<int:pk>/void/", pay.VoidStandard.as_view(), name="void_standard"),
]

# bodies/places/
served_urls = [
    path("", served.ServedList.as_view(), name="served_places"),
    path("<int:pk>/", served.ServedDetail.as_view(), name="served"),
    path("<int:pk>/leave/", served.LeavePlace.as_view(), name="leave_place"),
    path("<int:pk>/visit/", RecordVisit.as_view(), name="record_visit"),
]

# bodies/covers/
cover_urls = [
    path("", covers.CoverList.as_view(), name="covers"),
    path("units/<int:pk>/", covers.CoverUnit.as_view(), name="cover_unit"),
    path("<int:pk>/end/", covers.EndCover.as_view(), name="end_cover"),
    path("<int:pk>/void/", covers.VoidCover.as_view(), name="void_cover"),
]

# bodies/decisions/
decision_urls = [
    path("", decisions.ResolutionList.as_view(), name="resolutions"),
    path("<int:pk>/", decisions.ResolutionDetail.as_view(), name="resolution"),
    path("<int:pk>/done/", decisions.CarryOut.as_view(), name="carry_out"),
    path("<int:pk>/found/", decisions.RecordFinding.as_view(), name="record_finding"),
    path("<int:pk>/void/", decisions.VoidResolution.as_view(), name="void_resolution"),
]

# bodies/sittings/
sitting_urls = [
    path("<int:pk>/", sittings.SittingDetail.as_view(), name="sitting"),
    path("<int:pk>/decide/", decisions.DecideAtSitting.as_view(), name="decide"),
    path("<int:pk>/void/", sittings.VoidSitting.as_view(), name="void_sitting"),
]

# bodies/
bodies_urls: list[URLPattern | URLResolver] = [
    path("", bodies.BodyList.as_view(), name="bodies"),
    path("set-up/", bodies.SetUpBody.as_view(), name="set_up_body"),
    path("holders/", seats.HolderList.as_view(), name="holders"),
    path("chains/<int:pk>/", chains.CommunityChain.as_view(), name="chain"),
    path("chains/<int:pk>/print/", chains.ChainPaper.as_view(), name="chain_paper"),
    path("kinds/", include(body_kind_urls)),
    path("recruitments/", include(recruitment_urls)),
    path("reserves/", include(reserve_urls)),
    path("pay/", include(pay_urls)),
    path("places/", include(served_urls)),
    path("covers/", include(cover_urls)),
    path("decisions/", include(decision_urls)),
    path("sittings/", include(sitting_urls)),
    path("entries/<int:pk>/serve/", served.ServeBySeat.as_view(), name="serve_by_seat"),
    path("entries/<int:pk>/pay/", pay.PayOfSeat.as_view(), name="seat_pay"),
    path("entries/<int:pk>/pay/enter/", pay.RecordPay.as_view(), name="record_pay"),
    path("entries/<int:pk>/file/", filings.FileOfHolding.as_view(), name="filing"),
    path(
        "entries/<int:pk>/file/enter/",
        filings.FileHolding.as_view(),
        name="file_holding",
    ),
    path("filings/<int:pk>/void/", filings.VoidFiling.as_view(), name="void_filing"),
    path("terms/<int:pk>/extend/", terms.ExtendTerm.as_view(), name="extend_term"),
    path(
        "terms/<int:pk>/void-extension/",
        terms.VoidExtension.as_view(),
        name="void_extension",
    ),
    path("terms/<int:pk>/void/", terms.VoidTerm.as_view(), name="void_term"),
    path("seats/<int:pk>/take/", seats.TakeSeat.as_view(), name="take_seat"),
    path("seats/<int:pk>/close/", seats.CloseSeat.as_view(), name="close_seat"),
    path(
        "entries/<int:pk>/change/", seats.ChangeHolding.as_view(), name="change_holding"
    ),
    path("entries/<int:pk>/vacate/", seats.VacateSeat.as_view(), name="vacate_seat"),
    path(
        "entries/<int:pk>/void-leaving/",
        seats.VoidLeaving.as_view(),
        name="void_leaving",
    ),
    path("entries/<int:pk>/void/", seats.VoidHolding.as_view(), name="void_holding"),
    path("<int:pk>/", include(body_urls)),
]

# honours/
honour_urls = [
    path("", honours.HonourList.as_view(), name="honours"),
    path("<int:pk>/", honours.HonourDetail.as_view(), name="honour"),
    path("<int:pk>/void/", honours.VoidHonour.as_view(), name="void_honour"),
    path("members/<int:pk>/", honours.HonourMember.as_view(), name="honour_member"),
    path(
        "organizations/<int:pk>/",
        honours.HonourOrganization.as_view(),
        name="honour_organization",
    ),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("meetings/", include(meetings_urls)),
    path("projects/", include(projects_urls)),
    path("bodies/", include(bodies_urls)),
    path("elections/", include(elections_urls)),
    path("honours/", include(honour_urls)),
    path("visits/", include(visit_urls)),
    path("facilities/", include(facility_urls)),
]
