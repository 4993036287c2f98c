"""The words of the page in one language, for templates and for JS.

Both read the same Babel catalogue. English is the language of the message ids, so its
catalogue may be empty; every other one falls back to English word by word.
"""

import json
from functools import lru_cache
from typing import Any

from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from app.knobs import BY_NAME
from app.settings import PROJECT

LOCALES = tuple(value for value, _ in BY_NAME["lang"].choices)
CATALOGUES = PROJECT / "app" / "locale"


@lru_cache(maxsize=16)
def translations(locale: str) -> NullTranslations:
    """What templates translate with."""
    found = Translations.load(CATALOGUES, [locale.replace("-", "_")], domain="messages")
    assert isinstance(found, NullTranslations)
    return found


@lru_cache(maxsize=16)
def messages(locale: str) -> dict[str, Any]:
    """{message id: text, or list of plural forms} as JS reads it."""
    path = CATALOGUES / locale.replace("-", "_") / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return dict(pair(message) for message in read_po(file) if message.id and message.string)


def pair(message: Any) -> tuple[str, Any]:
    """Message id and text; a plural message is found by its singular."""
    if isinstance(message.id, tuple | list):
        return message.id[0], list(message.string)
    return message.id, message.string


def module(locale: str) -> str:
    """The words as an ES module."""
    told = json.dumps(messages(locale), ensure_ascii=False)
    return f"export const locale = {json.dumps(locale)};\nexport const messages = {told};\n"
