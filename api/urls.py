"""The REST API."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from api.docs import reading_page
from api.views import ProductDetail, ProductList, VendorList

app_name = "api"

urlpatterns = [
    path("", reading_page, name="docs"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("v1/products/", ProductList.as_view(), name="products"),
    path("v1/products/<str:slug>/", ProductDetail.as_view(), name="product"),
    path("v1/vendors/", VendorList.as_view(), name="vendors"),
]
