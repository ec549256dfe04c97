"""Where channels send their notices."""

from django.urls import path

from channels import webhooks

app_name = "hooks"

urlpatterns = [path("shopee/", webhooks.shopee, name="shopee")]
