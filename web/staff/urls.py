"""The province's desk."""

from django.urls import path

from web.staff import (
    cases,
    categories,
    complaints,
    goods,
    home,
    jobs,
    questions,
    reviews,
    trail,
    vendors,
    vouchers,
)

app_name = "staff"

urlpatterns = [
    path("", home.home, name="home"),
    path("hoi-dap/", questions.questions, name="questions"),
    path("hoi-dap/<int:question_id>/", questions.question, name="question"),
    path("nha-ban/", vendors.vendors, name="vendors"),
    path("nha-ban/<int:vendor_id>/", vendors.vendor, name="vendor"),
    path("giay-to/", vendors.papers, name="papers"),
    path("giay-to/<int:paper_id>/", vendors.paper, name="paper"),
    path("giay-to/<int:paper_id>/tep", vendors.paper_file, name="paper_file"),
    path("san-pham/", goods.products, name="products"),
    path("san-pham/<int:product_id>/", goods.product, name="product"),
    path("thay-doi/", goods.revision_queue, name="revisions"),
    path("thay-doi/<int:revision_id>/", goods.revision, name="revision"),
    path("khieu-nai/", complaints.complaints, name="complaints"),
    path("khieu-nai/<str:complaint>/", complaints.complaint, name="complaint"),
    path("khieu-nai/<str:complaint>/anh/<int:position>", complaints.photo, name="complaint_photo"),
    path("danh-gia/", reviews.reviews, name="reviews"),
    path("danh-gia/<int:review_id>/", reviews.review, name="review"),
    path("viec/", cases.cases, name="cases"),
    path("viec/<int:case_id>/", cases.case, name="case"),
    path("ma-giam-gia/", vouchers.vouchers, name="vouchers"),
    path("ma-giam-gia/moi/", vouchers.voucher_new, name="voucher_new"),
    path("ma-giam-gia/<int:voucher_id>/", vouchers.voucher, name="voucher"),
    path("nganh/", categories.categories, name="categories"),
    path("nganh/<int:category_id>/", categories.category, name="category"),
    path("nhat-ky/", trail.trail, name="trail"),
    path("viec-ket/", jobs.outbox, name="outbox"),
    path("viec-ket/<int:delivery_id>/", jobs.delivery, name="delivery"),
    path("viec-ket/tin-nhan/<int:message_id>/", jobs.message, name="message"),
]
