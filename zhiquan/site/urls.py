"""The product's table of contents: every page, on one screen, with who may open it."""

from __future__ import annotations

from django.contrib.auth import views as auth
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from zhiquan.accounts import views as accounts
from zhiquan.common.page import ANYONE, mount, page
from zhiquan.records import batch_views, place_views, quality_views, reject_views, upload_views
from zhiquan.records import views as records
from zhiquan.search import lookup_views as lookup
from zhiquan.search import marked_views as marked
from zhiquan.search import record_views as record_pages
from zhiquan.search import statistics_city_views as city
from zhiquan.search import statistics_views as statistics
from zhiquan.search import views as search
from zhiquan.search.api import documentation
from zhiquan.search.api.urls import URLS as API
from zhiquan.search.exporting import downloads
from zhiquan.site import display, health, views

# Exempt: whoever makes a visitor's browser send this form changes the language of his pages, and nothing else.
LANGUAGE = [path("", csrf_exempt(set_language), name="set_language")]

urlpatterns = [
    page("", views.home, name="home"),
    page("health", health.probe, name="probe"),
    page("health/", health.probe, name="health"),
    # ── ask ──
    page("patents/", search.patents, name="search", menu="专利检索"),
    page("trademarks/", search.trademarks, name="trademarks", menu="商标检索"),
    page("patents/values/<str:key>/", search.patent_values, name="search.values"),
    page("trademarks/values/<str:key>/", search.trademark_values, name="trademarks.values"),
    page(
        "numbers/",
        lookup.numbers,
        name="numbers",
        menu="批量查号",
        shelf="工具",
        says="粘贴或上传一串号码，一次查出哪些在库、哪些写错。",
    ),
    page("marks/", marked.mine, name="marks", menu="我的标记", shelf="工具"),
    page("marks/change/", marked.change, name="marks.change"),
    page("marks/clear/", marked.clear, name="marks.clear"),
    page("marks/<str:number>/", marked.shared, name="marks.shared"),
    page("marks/<str:number>/take/", marked.take, name="marks.take"),
    page(
        "help/query/", search.query_help, name="query-help", menu="检索式写法", shelf="工具", says="例子点一下就能试。"
    ),
    # ── count ──
    page(
        "statistics/",
        city.city_page,
        name="statistics",
        menu="统计",
        says="申请、授权、有效，按年、按县；每个数字都能打开记录。",
    ),
    page("statistics/counties.csv", city.city_table, name="statistics.counties"),
    page("statistics/definitions/", city.definitions, name="statistics.definitions"),
    page("patents/statistics/", statistics.patent_statistics, name="search.statistics"),
    page("trademarks/statistics/", statistics.trademark_statistics, name="trademarks.statistics"),
    page("patents/statistics/figure.<str:form>", statistics.patent_figure, name="search.figure"),
    page("trademarks/statistics/figure.<str:form>", statistics.trademark_figure, name="trademarks.figure"),
    page("statistics/charts.js", statistics.charts_script, name="charts-script"),
    # ── take home ──
    page("patents/export/", downloads.patents, name="export"),
    page("trademarks/export/", downloads.trademarks, name="trademarks.export"),
    page("patents/export.<str:form>", downloads.patents_file, name="export.file"),
    page("trademarks/export.<str:form>", downloads.trademarks_file, name="trademarks.export.file"),
    # ── what we hold ──
    page("patents/<str:number>/", record_pages.patent, name="patent"),
    page("trademarks/<str:number>/", record_pages.trademark, name="trademark"),
    page("patents/<str:number>/pictures/<int:n>/", records.patent_picture, name="patent.picture"),
    page("trademarks/<str:number>/pictures/<int:n>/", records.trademark_picture, name="trademark.picture"),
    page("patents/<str:number>/record.bib", records.patent_bibtex, name="patent.bibtex"),
    page("patents/<str:number>/record.ris", records.patent_ris, name="patent.ris"),
    page("patents/<str:number>/qr.svg", records.patent_qr, name="patent.qr"),
    page("trademarks/<str:number>/record.bib", records.trademark_bibtex, name="trademark.bibtex"),
    page("trademarks/<str:number>/record.ris", records.trademark_ris, name="trademark.ris"),
    page("trademarks/<str:number>/qr.svg", records.trademark_qr, name="trademark.qr"),
    # ── what comes in ──
    page("batches/", batch_views.batches, name="batches", may="batch.read", menu="数据批次"),
    page("batches/new/", upload_views.upload, name="batch.new", may="batch.open", menu="导入文件"),
    page("batches/<int:pk>/", batch_views.batch, name="batch", may="batch.read"),
    page("batches/<int:pk>/progress/", batch_views.progress, name="batch.progress", may="batch.read"),
    page("batches/<int:pk>/start/", batch_views.start, name="batch.start", may="batch.queue"),
    page("batches/<int:pk>/stop/", batch_views.stop, name="batch.stop", may="batch.stop"),
    page("batches/<int:pk>/undo/", batch_views.undo, name="batch.undo", may="batch.undo"),
    page("batches/<int:pk>/files/<int:file>/", upload_views.look, name="batch.file", may="batch.map"),
    page("batches/<int:pk>/rejects/", reject_views.rejects, name="batch.reject-list", may="batch.read"),
    page("batches/<int:pk>/rejects.csv", batch_views.rejects_csv, name="batch.rejects", may="batch.read"),
    page("batches/<int:pk>/rejects.zip", batch_views.rejects_zip, name="batch.rejects-zip", may="batch.read"),
    page("rejects/<int:pk>/", reject_views.reject, name="reject", may="reject.mend"),
    page("quality/", quality_views.overview, name="quality", may="batch.read", menu="数据质量"),
    page("quality/records/<str:check>/", quality_views.found, name="quality.records", may="batch.read"),
    page("quality/places/", place_views.queue, name="quality.places", may="place.decide"),
    page("quality/places/decided/", place_views.decisions, name="quality.decisions", may="place.decide"),
    page("quality/places/<str:key>/", place_views.place, name="quality.place", may="place.decide"),
    page("quality/conflicts/", quality_views.conflicts, name="quality.conflicts", may="conflict.settle"),
    page("quality/conflicts/<int:pk>/", quality_views.conflict, name="quality.conflict", may="conflict.settle"),
    page("quality/merges/", quality_views.merges, name="quality.merges", may="merge.undo"),
    page("quality/merges/<int:pk>/", quality_views.merge, name="quality.merge", may="merge.undo"),
    # ── for programs ──
    page(
        "api/",
        documentation.page,
        name="api-docs",
        menu="开放接口",
        shelf="工具",
        says="程序用的接口：检索、统计、整批取走。",
    ),
    mount("api/v1/", API, may=ANYONE, why="程序用的接口，次数按令牌、账号或浏览器计算"),
    page("tokens/", accounts.tokens, name="tokens", may="token.read", menu="我的令牌", shelf="工具"),
    page("tokens/create/", accounts.token_create, name="token.create", may="token.create"),
    page("tokens/<int:pk>/revoke/", accounts.token_revoke, name="token.revoke", may="token.revoke"),
    page("health/detail/", health.detail, name="health.detail", may="site.health", menu="运行状况"),
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
