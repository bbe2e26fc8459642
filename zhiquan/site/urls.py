"""The product's table of contents: every page, on one screen, with who may open it."""

from __future__ import annotations

from django.contrib.auth import views as auth

from zhiquan.common.page import page
from zhiquan.site import views

urlpatterns = [
    page("", views.home, name="home"),
    page("health/", views.health, name="health"),
    # ── accounts ──
    page("sign-in/", auth.LoginView.as_view(template_name="accounts/sign_in.html"), name="sign-in"),
    page("sign-out/", auth.LogoutView.as_view(), name="sign-out"),
]

handler400 = "zhiquan.common.problems.bad_request"
handler403 = "zhiquan.common.problems.not_allowed"
handler404 = "zhiquan.common.problems.not_found"
handler500 = "zhiquan.common.problems.broken"
