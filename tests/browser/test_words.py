"""Every text of the page goes through the catalogue: in an invented language each wears brackets."""

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

# Texts and names of everything that is seen or read aloud, without formulas.
TEXTS = """() => {
    const texts = [];
    const seen = (one) => one && !one.closest("math, script, style, noscript, kbd, .unspoken");
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) if (seen(nodes.currentNode.parentElement)) texts.push(nodes.currentNode.data);
    for (const name of ["aria-label", "title", "alt", "placeholder", "aria-valuetext"])
        for (const one of document.body.querySelectorAll(`[${name}]`)) if (seen(one)) texts.push(one.getAttribute(name));
    for (const { picture } of document.querySelectorAll("canvas"))
        for (const { text } of picture?.words ?? []) texts.push(text);
    return texts.concat(document.title);
}"""


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
    texts = lab.page.evaluate(TEXTS)
    assert sum("⟦" in text for text in texts) > 150
    addresses = set(re.findall(r"https?://\S+", " ".join(texts)))
    rest = {bare(text).strip() for text in texts} - addresses
    return {text for text in rest if re.search(r"[^\W\d_]{2}", text)}


def test_every_text_of_the_lab_goes_through_the_catalogue(foreign: Lab) -> None:
    lab = foreign.open("surface=himmelblau&eta=0.05&run=gd&run=adam&run=gd,batch:1&theme=zzz&x=1")
    lab.at("details").evaluate_all("all => all.forEach(one => (one.open = true))")
    lab.at(".path-table").wait_for()
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
    assert not re.findall(r"[^\W\d_]{2,}", bare(text.replace("http://here/", "")))
