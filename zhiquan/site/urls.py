"""The product's table of contents: every page, on one screen, with who may open it."""

from __future__ import annotations

from django.contrib.auth import views as auth
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from zhiquan.common.page import ANYONE, mount, page
from zhiquan.records import views as records
from zhiquan.search import views as search
from zhiquan.site import display, views

# Exempt: whoever makes a visitor's browser send this form changes the language of his pages, and nothing else.
LANGUAGE = [path("", csrf_exempt(set_language), name="set_language")]

urlpatterns = [
    page("", views.home, name="home"),
    page("health/", views.health, name="health"),
    # ── ask ──
    page("patents/", search.patents, name="search", menu="专利检索", says="查专利，看法律状态和依据。"),
    page("trademarks/", search.trademarks, name="trademarks", menu="商标检索", says="查商标，看类别和有效期。"),
    page("help/query/", search.query_help, name="query-help", menu="检索式写法", says="例子点一下就能试。"),
    # ── what we hold ──
    page("patents/<str:number>/", records.patent, name="patent"),
    page("trademarks/<str:number>/", records.trademark, name="trademark"),
    page("patents/<str:number>/pictures/<int:n>/", records.patent_picture, name="patent.picture"),
    page("trademarks/<str:number>/pictures/<int:n>/", records.trademark_picture, name="trademark.picture"),
    page("batches/", records.batches, name="batches", may="batch.read", menu="数据批次"),
    page("batches/<int:pk>/", records.batch, name="batch", may="batch.read"),
    page("batches/<int:pk>/rejects.csv", records.rejects, name="batch.rejects", may="batch.read"),
    page("batches/<int:pk>/undo/", records.undo, name="batch.undo", may="batch.undo"),
    # ── accounts ──
    page("sign-in/", auth.LoginView.as_view(template_name="accounts/sign_in.html"), name="sign-in"),
    page("sign-out/", auth.LogoutView.as_view(), name="sign-out"),
    mount("language/", LANGUAGE, may=ANYONE, why="Django 自带的语言切换"),
    # ── about the site ──
    page("about/", views.about, name="about", menu="关于本站", shelf="本站"),
    page("accessibility/", views.accessibility, name="accessibility", menu="无障碍说明", shelf="本站"),
    page("display/", display.display, name="display", menu="显示设置", shelf="本站"),
]

handler400 = "zhiquan.common.problems.bad_request"
handler403 = "zhiquan.common.problems.not_allowed"
handler404 = "zhiquan.common.problems.not_found"
handler500 = "zhiquan.common.problems.broken"
