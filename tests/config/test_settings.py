"""Settings are safe unless told otherwise, and refuse to start half-configured."""

import json
import stat
from pathlib import Path

import pytest

from tests.config.programs import manage, run_python

KEY = "k" * 25 + "0123456789-abcdefghijklmnopqrstuvwxyz"
DEPLOYED = {"TLS": "1", "SECRET_KEY": KEY, "ALLOWED_HOSTS": "naru.example"}
READ = """
    import json
    from django.conf import settings
    names = ("DEBUG", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE", "SECURE_SSL_REDIRECT",
             "SECURE_HSTS_SECONDS", "SECURE_HSTS_PRELOAD", "ALLOWED_HOSTS", "SECURE_PROXY_SSL_HEADER")
    print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def read(tmp_path: Path, **values: str) -> dict[str, object]:
    """Return the settings that matter here, as a process with `values` in its environment sees them."""
    found: dict[str, object] = json.loads(run_python(READ, DATA_DIR=str(tmp_path), **values).stdout)
    return found


def test_alone_the_site_serves_this_machine_only(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert found["DEBUG"] is False
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert found["SESSION_COOKIE_SECURE"] is False
    assert found["SECURE_HSTS_SECONDS"] == 0
    assert found["SECURE_PROXY_SSL_HEADER"] is None


def test_behind_tls_cookies_and_transport_are_strict(tmp_path: Path) -> None:
    found = read(tmp_path, **DEPLOYED)
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE", "SECURE_SSL_REDIRECT")
    assert all(found[name] is True for name in names)
    assert found["SECURE_HSTS_SECONDS"] == 63072000
    assert found["SECURE_HSTS_PRELOAD"] is True


def test_a_proxy_is_believed_only_when_said_so(tmp_path: Path) -> None:
    assert read(tmp_path, BEHIND_PROXY="1")["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_behind_tls_a_key_is_required(tmp_path: Path) -> None:
    done = run_python(READ, check=False, DATA_DIR=str(tmp_path), TLS="1", ALLOWED_HOSTS="naru.example")
    assert done.returncode == 1
    assert "SECRET_KEY must be set when TLS=1" in done.stderr


def test_the_local_key_is_made_once_and_private(tmp_path: Path) -> None:
    code = "from django.conf import settings; print(settings.SECRET_KEY)"
    first = run_python(code, DATA_DIR=str(tmp_path)).stdout
    assert len(first) > 50
    assert run_python(code, DATA_DIR=str(tmp_path)).stdout == first
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


@pytest.mark.parametrize(("name", "value"), [("DEBUG", "perhaps"), ("TRUSTED_PROXY_COUNT", "many")])
def test_a_value_that_cannot_be_read_stops_the_start(tmp_path: Path, name: str, value: str) -> None:
    assert run_python(READ, check=False, DATA_DIR=str(tmp_path), **{name: value}).returncode == 1


def test_the_deploy_check_is_clean(tmp_path: Path) -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", check=False, DATA_DIR=str(tmp_path), **DEPLOYED)
    assert done.returncode == 0, done.stderr


def test_the_deploy_check_sees_a_site_without_tls(tmp_path: Path) -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", check=False, DATA_DIR=str(tmp_path), SECRET_KEY=KEY)
    assert done.returncode == 1
    assert "security.W004" in done.stderr  # no HSTS
