"""The interface speaks Korean completely, and every message keeps its parameters."""

import re

from scripts import messages

PARAMETER = re.compile(r"%\((\w+)\)")


def test_no_word_is_missing() -> None:
    assert messages.problems() == []


def test_translations_keep_their_parameters() -> None:
    for message in messages.stored():
        if not message.id:
            continue
        texts = [message.id] if isinstance(message.id, str) else message.id
        wanted = {name for text in texts for name in PARAMETER.findall(text)}
        for text in messages.forms(message):
            assert set(PARAMETER.findall(text)) == wanted, message.id
