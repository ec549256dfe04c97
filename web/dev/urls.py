"""Pages that exist in the demo only."""

from django.urls import path

from web.dev import mailbox

app_name = "dev"

urlpatterns = [
    path("mailbox/", mailbox.mailbox, name="mailbox"),
    path("mailbox/<int:pk>/", mailbox.message, name="message"),
]
