"""Every setting of the service; what an installation may choose is read from ZHIQUAN_* variables, only here."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from zhiquan.site.env import Env, database, search_folder

ROOT = Path(__file__).resolve().parents[2]

# ── what an installation chooses ──────────────────────────────────────────────────────────────────────────────
env = Env(os.environ)

ZHIQUAN_HOME = env.folder("ZHIQUAN_HOME", "./var", "平台的全部数据所在的文件夹：数据库、索引、原始文件、密钥。")
ZHIQUAN_CITY = env.text("ZHIQUAN_CITY", "安庆", "城市名称，显示在每一页的页眉上。")
ZHIQUAN_ORGANISER = env.text("ZHIQUAN_ORGANISER", "", "主办单位，显示在页脚；不设则不显示，下同。", shown="（不显示）")
ZHIQUAN_PHONE = env.text("ZHIQUAN_PHONE", "", "联系电话，显示在页脚和“关于本站”。", shown="（不显示）")
ZHIQUAN_EMAIL = env.text("ZHIQUAN_EMAIL", "", "联系邮箱：报告错误、申请更正用。", shown="（不显示）")
ZHIQUAN_ICP = env.text("ZHIQUAN_ICP", "", "ICP 备案号，如“皖ICP备00000000号”。", shown="（不显示）")
ZHIQUAN_POLICE_FILING = env.text(
    "ZHIQUAN_POLICE_FILING", "", "公安备案号，如“皖公网安备00000000000000号”。", shown="（不显示）"
)
ZHIQUAN_LICENCE = env.text(
    "ZHIQUAN_LICENCE",
    "可以自由使用，请注明来源和数据日期；法律状态以国家知识产权局公布的为准。",
    "数据的使用许可，写在每个导出文件和接口的应答里。",
)
ZHIQUAN_API_HOURLY = env.number("ZHIQUAN_API_HOURLY", 20_000, "接口：每个令牌（或登录的人）每小时的次数。")
ZHIQUAN_API_HOURLY_ANONYMOUS = env.number(
    "ZHIQUAN_API_HOURLY_ANONYMOUS",
    3_000,
    "接口：不带令牌时每个浏览器每小时的次数；不收 Cookie 的程序按网络地址合计，为其十倍。",
)
ZHIQUAN_SITE_CODE = env.text("ZHIQUAN_SITE_CODE", "", "政府网站标识码。", shown="（不显示）")
ZHIQUAN_UPLOAD_MB = env.number("ZHIQUAN_UPLOAD_MB", 2048, "网页上一次可上传的总大小（MB）；前面的代理也要放行。")
ZHIQUAN_INBOX = env.folder_or_none(
    "ZHIQUAN_INBOX",
    ZHIQUAN_HOME / "inbox",
    "收件文件夹：放进去的文件自动导入；0 表示不用。",
    shown="ZHIQUAN_HOME 下的 inbox",
)
ZHIQUAN_SEARCH_FOLDER = search_folder(
    env.url(
        "ZHIQUAN_SEARCH",
        f"embedded:///{quote(str(ZHIQUAN_HOME / 'index'))}",
        "检索引擎：embedded:///文件夹（内置）。",
        shown="embedded:///…（ZHIQUAN_HOME 下的 index）",
        schemes=("embedded", "opensearch"),
    ),
    name="ZHIQUAN_SEARCH",
)
DATABASES = {
    "default": database(
        env.url(
            "ZHIQUAN_DATABASE",
            f"sqlite:///{quote(str(ZHIQUAN_HOME / 'zhiquan.sqlite3'))}",
            "数据库：sqlite:///文件，或 postgres://用户:密码@主机:端口/库名。",
            shown="sqlite:///…（ZHIQUAN_HOME 下的 zhiquan.sqlite3）",
            schemes=("sqlite", "postgres"),
        ),
        name="ZHIQUAN_DATABASE",
    )
}
SECRET_KEY = env.secret("ZHIQUAN_SECRET_KEY", ZHIQUAN_HOME / "secret_key", "签名用的密钥；多台机器共用一个库时须相同。")
ALLOWED_HOSTS = env.names("ZHIQUAN_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]", "平台可用的主机名，以逗号分隔。")
HTTPS = env.flag("ZHIQUAN_HTTPS", False, "前面有 HTTPS 的反向代理（须传 X-Forwarded-Proto）：1 是，0 否。")
ZHIQUAN_LOG_DAYS = env.number("ZHIQUAN_LOG_DAYS", 200, "日志保存的天数；网络安全法要求网络日志留存不少于六个月。")
DEBUG = env.flag("ZHIQUAN_DEBUG", False, "开发模式：显示出错的细节。对外服务时必须为 0。")
env.close()

# ── the parts ─────────────────────────────────────────────────────────────────────────────────────────────────
INSTALLED_APPS = [
    "zhiquan.search",
    "zhiquan.records",
    "zhiquan.accounts",
    "zhiquan.common",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
]
MIDDLEWARE = [
    "zhiquan.site.compressing.CompressionMiddleware",
    "zhiquan.site.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "zhiquan.site.headers.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "zhiquan.site.language.LanguageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "zhiquan.common.problems.ProblemMiddleware",
]
ROOT_URLCONF = "zhiquan.site.urls"
WSGI_APPLICATION = "zhiquan.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zhiquan.common.page.surroundings",
                "zhiquan.site.frame.frame",
            ],
            "builtins": ["zhiquan.site.framing"],
        },
    }
]

# ── people ────────────────────────────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "accounts.User"
POLICY = "zhiquan.accounts.policy.may"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "zhiquan.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

# ── language and time ─────────────────────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "zhiquan" / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = "zhiquan.site.formats"

# ── files: WhiteNoise serves the apps' own folders, so nothing has to be collected or built ───────────────────
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 600

# ── security: nothing from outside, no frames, no inline code ─────────────────────────────────────────────────
CONTENT_SECURITY_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
# Probes ask this machine without the proxy.
SECURE_REDIRECT_EXEMPT = [r"^health/?$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_FAILURE_VIEW = "zhiquan.common.problems.form_expired"
# A pasted command-line query of 10,000 characters and more must arrive; files come by their own form.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000
# A table may have 2,000 columns (patmark's limit), each of them a field of the form in which their meaning is chosen.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3_000

# ── logs: sentences for whoever watches on stderr, lines of JSON kept in the home ───────────────────────────────
LOGS = {"folder": ZHIQUAN_HOME / "logs", "days": ZHIQUAN_LOG_DAYS}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "events": {"class": "zhiquan.site.logs.DailyFile", **LOGS, "name": "events"},
        "requests": {"class": "zhiquan.site.logs.DailyFile", **LOGS, "name": "requests"},
    },
    "root": {"handlers": ["stderr", "events"], "level": "WARNING"},
    "loggers": {
        "zhiquan": {"level": "INFO"},
        "zhiquan.requests": {"handlers": ["requests"], "propagate": False},
        "zhiquan.crashes": {"handlers": ["events"], "propagate": False},
        "django.request": {"level": "ERROR"},
    },
}
