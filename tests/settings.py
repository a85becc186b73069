"""The site's settings with the few changes tests need: a database in a file, plain static files, quick passwords."""

from config.settings import *  # noqa: F403
from config.settings import CACHES, DATA_DIR, DATABASES, STORAGES

SECRET_KEY = "tests"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {**CACHES, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"] == "config.sqlite":
    # In a file: the browser tests' server and the test share it, which one in-memory connection cannot do safely.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
