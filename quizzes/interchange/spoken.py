"""The few words a question needs that its file does not bring, by the language of its words. Pure.

Kept here and not in the interface's catalogues: they become part of the question, whoever reads the page.
"""

from collections.abc import Mapping

TRUE: Mapping[str, str] = {"ko": "참", "en": "True"}
FALSE: Mapping[str, str] = {"ko": "거짓", "en": "False"}
HEADS: Mapping[str, tuple[str, str]] = {"ko": ("항목", "짝"), "en": ("Item", "Match")}


def true_false(language: str) -> tuple[str, str]:
    """Return the two options of a true/false question."""
    return TRUE.get(language, TRUE["en"]), FALSE.get(language, FALSE["en"])


def heads(language: str) -> tuple[str, str]:
    """Return the heads of a matching's two columns."""
    return HEADS.get(language, HEADS["en"])
