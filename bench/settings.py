"""The site's settings with two addresses more, to measure against. Never served to anyone."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
