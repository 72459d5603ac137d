"""URLs of the finance app."""

from django.urls import URLPattern, URLResolver, include, path

from finance import views

app_name = "finance"

# funds/vouchers/<pk>/
voucher_urls = [
    path("", views.VoucherPage.as_view(), name="voucher"),
    path("print/", views.VoucherPaper.as_view(), name="print_voucher"),
    path("amend/", views.AmendVoucher.as_view(), name="amend_voucher"),
    path("review/", views.ReviewVoucher.as_view(), name="review_voucher"),
    path("approve/", views.ApproveVoucher.as_view(), name="approve_voucher"),
    path("pay/", views.PayVoucher.as_view(), name="pay_voucher"),
    path("return/", views.ReturnVoucher.as_view(), name="return_voucher"),
    path("cancel/", views.CancelVoucher.as_view(), name="cancel_voucher"),
    path("reverse/", views.ReverseVoucher.as_view(), name="reverse_voucher"),
]

# funds/<pk>/
fund_urls = [
    path("", views.FundLedger.as_view(), name="fund"),
    path("account/", views.PrintAccount.as_view(), name="print_account"),
    path("account.xlsx", views.DownloadAccount.as_view(), name="download_account"),
    path("income/", views.EnterIncome.as_view(), name="enter_income"),
    path("expenditure/", views.EnterExpenditure.as_view(), name="enter_expenditure"),
]

# funds/
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.FundList.as_view(), name="list"),
    path("dues/", views.DuesCalculator.as_view(), name="dues"),
    path("vouchers/", views.VoucherList.as_view(), name="vouchers"),
    path("vouchers/<int:pk>/", include(voucher_urls)),
    path("<int:pk>/", include(fund_urls)),
]
