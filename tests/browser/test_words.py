"""Every text goes through the catalogue: in an invented language each of them wears brackets."""

import re
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from app import files, pages
from app.tables import tables
from tests.browser.lab import Lab

INVENTED = """
export const locale = "en";
const told = (_, id) => (typeof id === "string" ? [`⟦${id}⟧`] : undefined);
export const messages = new Proxy({}, { get: told });
"""

WORD = "[A-Za-zÀ-ɏ一-鿿]{2}"  # single letters are mathematics


def bracketed(text: str) -> str:
    return f"⟦{text}⟧"


def invented(template: str, **values: Any) -> str:
    """A page of ours, in the invented language."""
    made = pages.environment.__wrapped__("en")
    made.install_gettext_callables(  # type: ignore[attr-defined]
        bracketed, lambda one, many, n: bracketed(one if n == 1 else many), newstyle=True
    )
    return made.get_template(template).render(
        tables=tables(), locale="en", query="", version=files.version(), **values
    )


def bare(text: str) -> str:
    """What stands outside of all brackets."""
    while (inner := re.sub("⟦[^⟦⟧]*⟧", "", text)) != text:
        text = inner
    return text


@pytest.fixture
def foreign(lab: Lab) -> Lab:
    modules = sorted(name for name in files.known() if name.startswith("js/"))
    home = invented("lab.html", modules=modules)

    def translate(route: Route) -> None:
        route.fulfill(response=route.fetch(), body=home)

    lab.page.route(re.compile(r":\d+/(\?.*)?$"), translate)
    words = {"content_type": "text/javascript", "body": INVENTED}
    lab.page.route("**/words/en.js", lambda route: route.fulfill(**words))
    return lab


def untranslated(lab: Lab) -> set[str]:
    texts = lab.probe("texts")
    assert sum("⟦" in text for text in texts) > 150
    addresses = set(re.findall(r"https?://\S+", " ".join(texts)))
    rest = {bare(text).strip() for text in texts} - addresses
    return {text for text in rest if re.search(WORD, text)}


def test_every_text_of_the_lab_goes_through_the_catalogue(foreign: Lab) -> None:
    lab = foreign.open("surface=himmelblau&eta=0.05&run=gd&run=adam&run=gd,batch:1&theme=zzz&x=1")
    lab.open_details()
    expect(lab.at("#caption")).to_contain_text("⟦")
    lab.at("#help").click()
    lab.press("Escape")
    lab.at("#share").click()
    expect(lab.at("#share-said")).to_contain_text("⟦")
    lab.press("Escape")
    assert untranslated(lab) <= {"English"}


def test_so_do_those_of_the_view_in_space_and_of_data(foreign: Lab) -> None:
    lab = foreign.open("surface=one-neuron&run=gd&view=both&axis=epochs&loss=log")
    lab.until("document.querySelector('.camera')")
    lab.until("document.querySelector('#stage-3d .plot')._fullLayout?.scene")
    assert untranslated(lab) <= {"English"}
    title = "document.querySelector('#stage-3d .plot')._fullLayout.scene.zaxis.title.text"
    assert lab.page.evaluate(title) == "⟦loss⟧"


def test_the_class_page_has_no_other_words() -> None:
    text = re.sub(r"<[^>]+>", " ", invented("class.html", address="http://here/"))
    text = text.replace("http://here/", "").replace("下山", "")
    assert not re.search(WORD, bare(text))
