"""Addresses of members."""

from django.urls import URLPattern, URLResolver, include, path

from members import views

app_name = "members"

# members/<pk>/
member_urls = [
    path("", views.MemberDetail.as_view(), name="detail"),
    path("change/", views.ChangeMember.as_view(), name="change"),
    path("transfer/", views.ProposeTransfer.as_view(), name="propose_transfer"),
    path("move/", views.MoveMember.as_view(), name="move"),
    path("affiliate/", views.AffiliateMember.as_view(), name="affiliate"),
    path("end/", views.EndMembership.as_view(), name="end"),
    path("away/", views.RecordMobile.as_view(), name="away"),
    path("contact/", views.LogContact.as_view(), name="log_contact"),
    path("remarks/", views.MemberRemarks.as_view(), name="remarks"),
    path("remarks/record/", views.RecordRemark.as_view(), name="record_remark"),
    path("home-branch/", views.NoteHomeBranch.as_view(), name="home_branch"),
    path("willing/", views.RecordWillingness.as_view(), name="willingness"),
    path("opinion/", views.AskOpinion.as_view(), name="ask_opinion"),
    path("inquiry/", views.SendInquiry.as_view(), name="send_inquiry"),
    path("certificate/", views.IssueCertificate.as_view(), name="issue_certificate"),
    path("pledge/", views.EnterPledge.as_view(), name="enter_pledge"),
    path("back/", views.EndMobile.as_view(), name="back"),
    path("check-out/", views.EndCheckIn.as_view(), name="check_out"),
    path("void/", views.VoidEntry.as_view(), name="void"),
    path("take/", views.TakePocketMember.as_view(), name="take_pocket"),
    path("undo-merge/", views.UndoMerge.as_view(), name="undo_merge"),
    path("probation/", views.DecideProbation.as_view(), name="decide_probation"),
    path("abroad/", views.ReportAbroad.as_view(), name="report_abroad"),
    path("lost/", views.ReportLost.as_view(), name="report_lost"),
    path("unmask/", views.Unmask.as_view(), name="unmask"),
    path("slip/", views.PrintSlip.as_view(), name="slip"),
]

# members/
list_urls = [
    path("", views.MemberList.as_view(), name="list"),
    path("admit/", views.AdmitMember.as_view(), name="admit"),
    path("helpers/", views.HelperList.as_view(), name="helpers"),
    path("find/", views.FindByNumber.as_view(), name="find"),
    path("slips/", views.SlipList.as_view(), name="slips"),
    path("<int:pk>/", include(member_urls)),
]

# members/duplicates/
duplicate_urls = [
    path("", views.DuplicateList.as_view(), name="duplicates"),
    path("search/", views.ScanRegister.as_view(), name="scan"),
    path("<int:pk>/", views.PairPage.as_view(), name="duplicate"),
    path("<int:pk>/apart/", views.KeepApart.as_view(), name="keep_apart"),
    path("<int:pk>/again/", views.CompareAgain.as_view(), name="compare_again"),
    path(
        "<int:pk>/keep-first/",
        views.MergeRecords.as_view(),
        {"keep": "first"},
        name="keep_first",
    ),
    path(
        "<int:pk>/keep-second/",
        views.MergeRecords.as_view(),
        {"keep": "second"},
        name="keep_second",
    ),
]

# appraisals/<pk>/
appraisal_urls = [
    path("", views.AppraisalPage.as_view(), name="appraisal"),
    path("grades/", views.EnterGrades.as_view(), name="grades"),
    path("close/", views.CloseAppraisal.as_view(), name="close_appraisal"),
    path("reopen/", views.ReopenAppraisal.as_view(), name="reopen_appraisal"),
    path("void/", views.VoidAppraisal.as_view(), name="void_appraisal"),
    path("sheet/", views.AppraisalSheet.as_view(), name="appraisal_sheet"),
]

# appraisals/
appraisals_urls = [
    path("", views.AppraisalList.as_view(), name="appraisals"),
    path("owed/", views.OwedAppraisals.as_view(), name="owed_appraisals"),
    path("open/", views.OpenAppraisal.as_view(), name="open_appraisal"),
    path("<int:pk>/", include(appraisal_urls)),
]

# developments/<pk>/
development_urls = [
    path("", views.DevelopmentPage.as_view(), name="development"),
    path("change/", views.ChangeDevelopment.as_view(), name="change_development"),
    path("step/<slug:kind>/", views.RecordStep.as_view(), name="record_step"),
    path("take-back/", views.TakeBackStep.as_view(), name="take_back_step"),
    path("stop/", views.StopDevelopment.as_view(), name="stop_development"),
    path("admit/", views.AdmitDeveloped.as_view(), name="admit_developed"),
    path("sheet/", views.DevelopmentSheet.as_view(), name="development_sheet"),
]

# developments/
developments_urls = [
    path("", views.DevelopmentList.as_view(), name="developments"),
    path("apply/", views.StartDevelopment.as_view(), name="start_development"),
    path("probations/", views.ProbationList.as_view(), name="probations"),
    path("<int:pk>/", include(development_urls)),
]

# members/after-ends/
after_end_urls = [
    path("", views.RecordsAfterEnds.as_view(), name="after_ends"),
    path("<int:pk>/", views.KeepAfterEnd.as_view(), name="keep_after_end"),
]

# transfers/<pk>/
transfer_urls = [
    path("", views.TransferPage.as_view(), name="transfer"),
    path("issue/", views.IssueLetter.as_view(), name="issue_letter"),
    path("letter/", views.PrintLetter.as_view(), name="print_letter"),
    path("reissue/", views.ReissueLetter.as_view(), name="reissue_letter"),
    path("hand-on/", views.HandOnTransfer.as_view(), name="hand_on_transfer"),
    path("arrival/", views.ConfirmArrival.as_view(), name="confirm_arrival"),
    path("receive/", views.ReceiveTransfer.as_view(), name="receive_transfer"),
    path("admit/", views.AdmitTransferred.as_view(), name="admit_transferred"),
    path("receipt/", views.PrintReceipt.as_view(), name="print_receipt"),
    path("receipt/record/", views.RecordReceipt.as_view(), name="record_receipt"),
    path("refuse/", views.RefuseTransfer.as_view(), name="refuse_transfer"),
    path("rest/", views.LetTransferRest.as_view(), name="let_transfer_rest"),
    path("void/", views.VoidTransfer.as_view(), name="void_transfer"),
]

# transfers/
transfers_urls = [
    path("", views.TransferList.as_view(), name="transfers"),
    path("record/", views.RecordLetter.as_view(), name="record_letter"),
    path("<int:pk>/", include(transfer_urls)),
]

# lost/<pk>/
lost_urls = [
    path("contact/", views.RecordContact.as_view(), name="record_contact"),
    path("suspend/", views.SuspendMembership.as_view(), name="suspend"),
    path("remove/", views.RemoveLostMember.as_view(), name="remove_lost"),
    path("void/", views.VoidLostContact.as_view(), name="void_lost"),
]

# inquiries/<pk>/
inquiry_urls = [
    path("print/", views.PrintInquiry.as_view(), name="print_inquiry"),
    path("answer/", views.AnswerInquiry.as_view(), name="answer_inquiry"),
    path("void/", views.VoidInquiry.as_view(), name="void_inquiry"),
]

# inquiries/
inquiries_urls = [
    path("", views.InquiryList.as_view(), name="inquiries"),
    path("<int:pk>/", include(inquiry_urls)),
]

# opinions/<pk>/
opinion_urls = [
    path("", views.OpinionPage.as_view(), name="opinion"),
    path("answer/", views.AnswerOpinion.as_view(), name="answer_opinion"),
    path("withdraw/", views.WithdrawOpinion.as_view(), name="withdraw_opinion"),
    path("letter/", views.PrintQuestion.as_view(), name="print_question"),
    path("reply/", views.PrintReply.as_view(), name="print_reply"),
]

# opinions/
opinions_urls = [
    path("", views.OpinionList.as_view(), name="opinions"),
    path("ask/", views.AskAboutPerson.as_view(), name="ask_about_person"),
    path("<int:pk>/", include(opinion_urls)),
]

# remarks/
remark_urls = [
    path("units/", views.UnitRemarks.as_view(), name="unit_remarks"),
    path("members/", views.RemarkedMembers.as_view(), name="member_remarks"),
    path(
        "units/<int:pk>/record/",
        views.RecordUnitRemark.as_view(),
        name="record_unit_remark",
    ),
    path("<int:pk>/settle/", views.SettleRemark.as_view(), name="settle_remark"),
    path("<int:pk>/void/", views.VoidRemark.as_view(), name="void_remark"),
    path("<int:pk>/answer/", views.AnswerRemark.as_view(), name="answer_remark"),
]

# unit-people/
unit_people_urls = [
    path("", views.UnitPeople.as_view(), name="unit_people"),
    path("<int:pk>/opinion/", views.AskForUnit.as_view(), name="ask_for_unit"),
]

# pledges/<pk>/
pledge_urls = [
    path("", views.PledgePage.as_view(), name="pledge"),
    path("change/", views.ChangePledge.as_view(), name="change_pledge"),
    path("accept/", views.AcceptPledge.as_view(), name="accept_pledge"),
    path("return/", views.ReturnPledge.as_view(), name="return_pledge"),
    path("settle/", views.SettlePledge.as_view(), name="settle_pledge"),
    path("void/", views.VoidPledge.as_view(), name="void_pledge"),
    path("sheet/", views.PledgeSheet.as_view(), name="pledge_sheet"),
]

# pledges/
pledges_urls = [
    path("", views.PledgeList.as_view(), name="pledges"),
    path("<int:pk>/", include(pledge_urls)),
]

# check-in-rounds/<pk>/
round_urls = [
    path("", views.RoundPage.as_view(), name="check_in_round"),
    path("people/", views.RoundPeople.as_view(), name="round_people"),
    path("change/", views.ChangeRound.as_view(), name="change_round"),
    path("void/", views.VoidRound.as_view(), name="void_round"),
]

# check-in-rounds/
rounds_urls = [
    path("", views.RoundList.as_view(), name="check_in_rounds"),
    path("open/", views.OpenRound.as_view(), name="open_round"),
    path("streets/", views.RoundsByStreet.as_view(), name="rounds_by_street"),
    path("<int:pk>/", include(round_urls)),
]

# certificates/<pk>/
certificate_urls = [
    path("", views.CertificatePage.as_view(), name="certificate"),
    path("print/", views.PrintCertificate.as_view(), name="print_certificate"),
    path("return/", views.ReturnCertificate.as_view(), name="return_certificate"),
    path("replace/", views.ReplaceCertificate.as_view(), name="replace_certificate"),
    path("void/", views.VoidCertificate.as_view(), name="void_certificate"),
]

# certificates/
certificates_urls = [
    path("", views.CertificateList.as_view(), name="certificates"),
    path("<int:pk>/", include(certificate_urls)),
]

# corrections/<pk>/
correction_urls = [
    path("", views.CorrectionPage.as_view(), name="correction"),
    path("accept/", views.AcceptCorrection.as_view(), name="accept_correction"),
    path("decline/", views.DeclineCorrection.as_view(), name="decline_correction"),
    path("withdraw/", views.WithdrawCorrection.as_view(), name="withdraw_correction"),
]

# me/
own_urls = [
    path("", views.Me.as_view(), name="me"),
    path("check-in/", views.CheckInPage.as_view(), name="check_in"),
    path("leave/", views.Leave.as_view(), name="leave"),
    path("skills/", views.Skills.as_view(), name="skills"),
    path("corrections/", views.OwnCorrections.as_view(), name="own_corrections"),
    path("corrections/new/", views.ProposeCorrection.as_view(), name="propose_own"),
    path("looks/", views.OwnLooks.as_view(), name="own_looks"),
    path("pledges/", views.OwnPledges.as_view(), name="own_pledges"),
    path("pledges/make/", views.MakePledge.as_view(), name="make_pledge"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("members/after-ends/", include(after_end_urls)),
    path("members/mobile/", views.MobileList.as_view(), name="mobile"),
    path("members/reviews/", views.ReviewList.as_view(), name="reviews"),
    path("members/reviews/record/", views.ReviewMembers.as_view(), name="review"),
    path("members/groups/", views.GroupList.as_view(), name="groups"),
    path(
        "members/completeness/", views.CompletenessList.as_view(), name="completeness"
    ),
    path("members/papers/", views.PaperList.as_view(), name="papers"),
    path("members/silent/", views.SilentMemberList.as_view(), name="silent"),
    path("members/pocket/", views.PocketList.as_view(), name="pocket"),
    path(
        "pocket/<int:pk>/settle/",
        views.SettlePocketMember.as_view(),
        name="settle_pocket",
    ),
    path("members/duplicates/", include(duplicate_urls)),
    path("members/", include(list_urls)),
    path("developments/", include(developments_urls)),
    path("appraisals/", include(appraisals_urls)),
    path("transfers/", include(transfers_urls)),
    path("lost/<int:pk>/", include(lost_urls)),
    path("inquiries/", include(inquiries_urls)),
    path("opinions/", include(opinions_urls)),
    path("remarks/", include(remark_urls)),
    path("unit-people/", include(unit_people_urls)),
    path("certificates/", include(certificates_urls)),
    path("pledges/", include(pledges_urls)),
    path("corrections/", views.CorrectionList.as_view(), name="corrections"),
    path("corrections/<int:pk>/", include(correction_urls)),
    path("check-in-rounds/", include(rounds_urls)),
    path("check-ins/<int:pk>/slip/", views.CheckInSlip.as_view(), name="check_in_slip"),
    path("me/", include(own_urls)),
]
