"""The settings of the server: no database, no debugging, strict headers, cookies to write only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nemcon.server.language import languages, locale_paths

LARGEST = 64 * 1024
"""Bytes of a request's body at most: that of a review's form."""


def settings(
    desk: object, hosts: Sequence[str], ahead: object = None, writing: object = None
) -> dict[str, Any]:
    """Django's settings for pages about `desk`, reached under the names `hosts`.

    Only with `writing` can anything be written.
    """
    return {
        "NEMCON_DESK": desk,
        "NEMCON_AHEAD": ahead,
        "NEMCON_WRITING": writing,
        "ALLOWED_HOSTS": list(hosts),
        "DEBUG": False,
        "SECRET_KEY": "nothing here is signed: the cookies of a review are random numbers",
        "ROOT_URLCONF": "nemcon.server.urls",
        "INSTALLED_APPS": ["nemcon.server", "django_htmx"],
        "MIDDLEWARE": [
            "nemcon.server.language.Language",
            "nemcon.server.headers.Headers",
            "django.middleware.security.SecurityMiddleware",
            "whitenoise.middleware.WhiteNoiseMiddleware",
            "django.middleware.gzip.GZipMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
        ],
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "nemcon.server.language.context",
                        "nemcon.server.places.context",
                    ]
                },
            }
        ],
        "DATABASES": {},
        "CACHES": {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}},
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "LANGUAGE_CODE": "en",
        "LANGUAGES": languages(locale_paths()),
        "LOCALE_PATHS": [str(path) for path in locale_paths()],
        "STATIC_URL": "/static/",
        "STATICFILES_DIRS": [],
        "WHITENOISE_USE_FINDERS": True,
        "WHITENOISE_AUTOREFRESH": False,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Strict",
        "CSRF_COOKIE_AGE": None,
        "CSRF_FAILURE_VIEW": "nemcon.server.pages.not_our_form",
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "SECURE_REFERRER_POLICY": "no-referrer",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
        "DATA_UPLOAD_MAX_MEMORY_SIZE": LARGEST,
        "LOGGING_CONFIG": None,
    }


def configure(
    desk: object, hosts: Sequence[str], ahead: object = None, writing: object = None
) -> None:
    """Make Django ready, once a process; it tells of faults only, not of wrong addresses."""
    import logging

    import django
    from django.conf import settings as ours

    if not ours.configured:
        ours.configure(**settings(desk, hosts, ahead, writing))
        logging.getLogger("django").setLevel(logging.ERROR)
        logging.getLogger("django.security").setLevel(logging.CRITICAL)
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        django.setup()
