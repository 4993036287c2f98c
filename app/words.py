"""The words of the page in one language, for templates and for JS.

Both read the same Babel catalogue. English is the language of the message ids, so it needs
none; every other one falls back to English word by word.
"""

import json
from functools import lru_cache
from io import BytesIO
from typing import Any

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from app.knobs import BY_NAME
from app.settings import PROJECT

LOCALES = tuple(value for value, _ in BY_NAME["lang"].choices if value != "auto")
CATALOGUES = PROJECT / "app" / "locale"
TRADITIONAL = {"hant", "tw", "hk", "mo"}  # parts of a language tag


def spoken(asked: str, accepted: str) -> str:
    """The language of a page: the one its address asks for, else the first of those a browser
    accepts (the header Accept-Language) that we speak, else English."""
    if asked in LOCALES:
        return asked
    return next(filter(None, map(ours, by_wish(accepted))), LOCALES[0])


def by_wish(accepted: str) -> list[str]:
    """Language tags of an Accept-Language header, the most wanted first; refused ones left out."""
    wishes = [entry.partition(";q=") for entry in accepted.replace(" ", "").split(",")[:20]]
    weights = {tag: weight(q) for tag, _, q in wishes}
    return sorted((tag for tag in weights if weights[tag] > 0), key=lambda tag: -weights[tag])


def weight(q: str) -> float:
    try:
        return float(q or 1)
    except ValueError:
        return 0


def ours(tag: str) -> str | None:
    """The language of ours that a tag such as zh-Hant-HK means."""
    language, *parts = tag.lower().split("-")
    if language == "zh":
        return "zh-TW" if TRADITIONAL.intersection(parts) else "zh-CN"
    return language if language in LOCALES else None


@lru_cache(maxsize=16)
def catalogue(locale: str) -> Catalog | None:
    """All messages of a language; English has none."""
    path = CATALOGUES / locale.replace("-", "_") / "LC_MESSAGES" / "messages.po"
    return read_po(BytesIO(path.read_bytes()), locale.replace("-", "_")) if path.exists() else None


@lru_cache(maxsize=16)
def translations(locale: str) -> NullTranslations:
    """What templates translate with."""
    found = catalogue(locale)
    if found is None:
        return NullTranslations()
    machine_form = BytesIO()
    write_mo(machine_form, found)
    machine_form.seek(0)
    return Translations(machine_form, domain="messages")


@lru_cache(maxsize=16)
def messages(locale: str) -> dict[str, Any]:
    """{message id: text, or list of plural forms} as JS reads it."""
    found = catalogue(locale) or Catalog()
    return dict(pair(message) for message in found if message.id and message.string)


def pair(message: Any) -> tuple[str, Any]:
    """Message id and text; a plural message is found by its singular."""
    if isinstance(message.id, tuple | list):
        return message.id[0], list(message.string)
    return message.id, message.string


def module(locale: str) -> str:
    """The words as an ES module."""
    told = json.dumps(messages(locale), ensure_ascii=False)
    return f"export const locale = {json.dumps(locale)};\nexport const messages = {told};\n"
