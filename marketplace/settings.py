"""Settings of the market, read from the environment; `marketplace.checks` refuses unsafe ones."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from marketplace import demo_accounts

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
MODE = env.str("MODE", default="demo")
DEMO = MODE == "demo"
DEBUG = False
DATA_DIR = Path(env.str("MARKET_DATA", default=str(BASE_DIR / "var")))
PORT = env.int("PORT", default=8000)

DEMO_KEY = "demo-only-key-demo-only-key-demo-only-key-demo-only"
SECRET_KEY = env.str("SECRET_KEY", default=DEMO_KEY if DEMO else "")
PUBLIC_URL = env.str("PUBLIC_URL", default=f"http://localhost:{PORT}")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("TRUSTED_ORIGINS", default=[])
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "csp",
    "core",
    "accounts",
    "vendors",
    "catalog",
    "promotions",
    "shipping",
    "orders",
    "notifications",
    "channels",
    "api",
    "web",
    "marketplace",
]

MIDDLEWARE = [
    "marketplace.middleware.request_context.RequestContextMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "marketplace.middleware.headers.HeadersMiddleware",
    "marketplace.middleware.policy.PolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "marketplace.middleware.compress.CompressMiddleware",
    "marketplace.middleware.language.PathLanguageMiddleware",
    "marketplace.middleware.flood.FloodMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "marketplace.middleware.seen.SeenMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "marketplace.middleware.origin_guard.OriginGuardMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "marketplace.middleware.copies.CopiesMiddleware",
    "marketplace.middleware.domain_errors.DomainErrorMiddleware",
]

ROOT_URLCONF = "marketplace.urls"
WSGI_APPLICATION = "marketplace.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["web.templatetags.market"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": {
        **env.db("DATABASE_URL", default="postgres://agri:agri@127.0.0.1:5432/nong_san"),
        "ENGINE": "core.postgresql",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
}
DATABASES["default"].setdefault("OPTIONS", {})["connect_timeout"] = 5
# Pages are many short queries: helpers and compilers for a single one cost more than they bring,
# and parallel workers would mix the parts of a ranked union (catalog.selectors.lists).
# The cost of a random page is that of a solid-state disk.
DATABASES["default"]["OPTIONS"]["options"] = (
    "-c max_parallel_workers_per_gather=0 -c jit=off -c random_page_cost=1.1"
)
# Half the time of a short query goes into planning it: each connection keeps the plans of what it
# asks again and again. A pool that shares connections between statements must know of prepared
# ones (pgbouncer 1.21 and newer does), or this is switched off.
if env.bool("PREPARE_STATEMENTS", default=True):
    DATABASES["default"]["OPTIONS"]["server_side_binding"] = True
    DATABASES["default"]["OPTIONS"]["prepare_threshold"] = 3
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
        "KEY_PREFIX": "market",
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.PhoneOrEmailBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.LocalWordsValidator"},
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/"
# What the demo's sign-in page offers; empty in production, which refuses such accounts.
DEMO_SIGN_INS: tuple[str, ...] = demo_accounts.FIRST if DEMO else ()
DEMO_PASSWORD = demo_accounts.PASSWORD if DEMO else ""
STAFF_SECOND_STEP = env.bool("STAFF_SECOND_STEP", default=True)
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 14 * 24 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
FORMAT_MODULE_PATH = ["marketplace.formats"]
# Numbers in templates are grouped by a filter where people read them; ids must stay bare.
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "media"
PRIVATE_ROOT = DATA_DIR / "private"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(MEDIA_ROOT), "base_url": "/media/"},
    },
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(PRIVATE_ROOT)},
    },
    "staticfiles": {"BACKEND": "web.assets.Assets"},
}
WHITENOISE_MAX_AGE = 31_536_000
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_048_576

SECURE = not DEMO
SECURE_SSL_REDIRECT = SECURE and env.bool("SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
COOKIE_PREFIX = "__Host-" if SECURE else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}form"
CART_COOKIE_NAME = f"{COOKIE_PREFIX}cart"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CART_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "web.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "script-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "style-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

CELERY_BROKER_URL = env.str("BROKER_URL", default=REDIS_URL)
VISIBILITY = {"visibility_timeout": 600}
CELERY = {
    "broker_url": CELERY_BROKER_URL,
    "broker_transport_options": {
        **VISIBILITY,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        # Pictures ("low") never delay what people wait for.
        "queue_order_strategy": "priority",
        "socket_timeout": 5,
        "socket_connect_timeout": 2,
        "global_keyprefix": "celery-",
    },
    "result_backend_transport_options": VISIBILITY,
    "visibility_timeout": 600,
    "task_ignore_result": True,
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "task_retry_on_worker_lost": True,  # counts, so that what kills every worker comes to an end
    "worker_prefetch_multiplier": 1,
    "task_time_limit": 240,
    "task_soft_time_limit": 210,
    "worker_soft_shutdown_timeout": 20,
    "task_publish_retry_policy": {
        "max_retries": 2,
        "interval_start": 0,
        "interval_step": 0.2,
        "interval_max": 0.5,
    },
    "task_serializer": "json",
    "accept_content": ["json"],
    "task_default_queue": "default",
    "timezone": TIME_ZONE,
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,  # an outage of an hour must not end the worker
    "worker_hijack_root_logger": False,
}

REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": None,
    "EXCEPTION_HANDLER": "api.errors.problem_handler",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Sàn nông sản Bình Phước",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "DISABLE_ERRORS_AND_WARNINGS": False,
}

OUTBOX_SUBSCRIBERS = "marketplace.subscribers.SUBSCRIBERS"
OWN_DATA = "marketplace.own_data.APPS"
SMS_GATEWAY = {
    "url": env.str("SMS_GATEWAY_URL", default=""),
    "token": env.str("SMS_GATEWAY_TOKEN", default=""),
    "sender": env.str("SMS_SENDER", default="NONGSANBP"),
}
# Notices to phones go by Zalo first, where the gateway has it; what it can't bring goes by SMS.
ZALO_NOTICES = env.bool("ZALO_NOTICES", default=False)
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="san-nong-san@localhost.localdomain")
EMAIL_BACKEND = env.str(
    "EMAIL_BACKEND",
    default="django.core.mail.backends.dummy.EmailBackend"
    if DEMO
    else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_TIMEOUT = 10

SHOPEE = {
    "base_url": env.str("SHOPEE_BASE_URL", default=""),
    "partner_id": env.int("SHOPEE_PARTNER_ID", default=0),
    "partner_key": env.str("SHOPEE_PARTNER_KEY", default=""),
    "push_key": env.str("SHOPEE_PUSH_KEY", default=""),
    "callback_url": env.str(
        "SHOPEE_CALLBACK_URL", default=f"http://127.0.0.1:{PORT}/hooks/shopee/"
    ),
}
CARRIER = {
    "base_url": env.str("CARRIER_BASE_URL", default=""),
    "token": env.str("CARRIER_TOKEN", default=""),
}
# Private hosts that outgoing calls may reach: the simulators of the demo, nothing in production.
OUTGOING_ALLOWED_PRIVATE = env.list(
    "OUTGOING_ALLOWED_PRIVATE", default=["127.0.0.1", "localhost"] if DEMO else []
)
FIELD_KEYS = env.list(
    "FIELD_KEYS", default=[]
)  # Fernet keys, newest first; demo derives one from SECRET_KEY

LOGGING_CONFIG = "core.logs.configure"
LOGGING: dict[str, object] = {"level": env.str("LOG_LEVEL", default="INFO")}
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
SERVE_MEDIA = env.bool("SERVE_MEDIA", default=DEMO)  # in production a proxy does it better
THEME: dict[str, object] = env.json("THEME", default={})
PAGE_CACHE = env.bool("PAGE_CACHE", default=True)
SILENCED_SYSTEM_CHECKS: list[str] = []

# "Protection off" switches for the twins of race tests: only settings_test may turn one on.
PROTECTIONS_OFF: frozenset[str] = frozenset()
