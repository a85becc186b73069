"""Days that the files of a course write as 2026-11-22, as the reader's language writes them."""

import pytest
from django.utils import translation

from learning.templatetags.naru import dated


@pytest.mark.parametrize(("language", "shown"), [("ko", "2026. 11. 2."), ("en", "2 Nov 2026")])
def test_it_works(language: str, shown: str) -> None:
    with translation.override(language):
        assert dated("2026-11-02") == shown
        assert dated("last year") == "last year"
