"""The settings of the server: no database, no cookies, no debugging, strict headers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def settings(desk: object, hosts: Sequence[str], ahead: object = None) -> dict[str, Any]:
    """Django's settings for pages about `desk`, reached under the names `hosts`."""
    return {
        "NEMCON_DESK": desk,
        "NEMCON_AHEAD": ahead,
        "ALLOWED_HOSTS": list(hosts),
        "DEBUG": False,
        "SECRET_KEY": "nothing here is signed: no session, no cookie, no form that writes",
        "ROOT_URLCONF": "nemcon.server.urls",
        "INSTALLED_APPS": ["nemcon.server", "django_htmx"],
        "MIDDLEWARE": [
            "nemcon.server.headers.Headers",
            "django.middleware.security.SecurityMiddleware",
            "whitenoise.middleware.WhiteNoiseMiddleware",
            "django.middleware.gzip.GZipMiddleware",
            "django.middleware.locale.LocaleMiddleware",
            "django.middleware.common.CommonMiddleware",
        ],
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": []},
            }
        ],
        "DATABASES": {},
        "CACHES": {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}},
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "LANGUAGE_CODE": "en",
        "LANGUAGES": [("en", "English")],
        "LOCALE_PATHS": [str(HERE / "locale")],
        "STATIC_URL": "/static/",
        "STATICFILES_DIRS": [],
        "WHITENOISE_USE_FINDERS": True,
        "WHITENOISE_AUTOREFRESH": False,
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "SECURE_REFERRER_POLICY": "no-referrer",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 64 * 1024,
        "LOGGING_CONFIG": None,
    }


def configure(desk: object, hosts: Sequence[str], ahead: object = None) -> None:
    """Make Django ready, once a process; it tells of faults only, not of wrong addresses."""
    import logging

    import django
    from django.conf import settings as ours

    if not ours.configured:
        ours.configure(**settings(desk, hosts, ahead))
        logging.getLogger("django").setLevel(logging.ERROR)
        logging.getLogger("django.security").setLevel(logging.CRITICAL)
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        django.setup()
