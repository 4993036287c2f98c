"""Every text goes through the catalogue: in an invented language each of them wears brackets."""

import re
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from app import files, pages
from app.tables import tables
from tests.browser.lab import Lab
from tests.test_experiments import TINY

INVENTED = """
export const locale = "en";
const told = (_, id) => (typeof id === "string" ? [`⟦${id}⟧`] : undefined);
export const messages = new Proxy({}, { get: told });
"""

WORD = "[A-Za-zÀ-ɏ一-鿿]{2}"  # single letters are mathematics


def bracketed(text: str) -> str:
    return f"⟦{text}⟧"


def invented(template: str, entry: str = "", **values: Any) -> str:
    """A page of ours and the module it runs, in the invented language."""
    made = pages.environment.__wrapped__("en")
    made.install_gettext_callables(  # type: ignore[attr-defined]
        bracketed, lambda one, many, n: bracketed(one if n == 1 else many), newstyle=True
    )
    return made.get_template(template).render(
        tables=tables(),
        locale="en",
        query="",
        version=files.version(),
        entry=entry,
        modules=files.imported(entry) if entry else (),
        **values,
    )


def bare(text: str) -> str:
    """What stands outside of all brackets."""
    while (inner := re.sub("⟦[^⟦⟧]*⟧", "", text)) != text:
        text = inner
    return text


@pytest.fixture
def foreign(lab: Lab) -> Lab:
    home = invented("lab.html", "js/page.js", place="lab", changes=True)

    def translate(route: Route) -> None:
        route.fulfill(response=route.fetch(), body=home)

    lab.page.route(re.compile(r":\d+/(\?.*)?$"), translate)
    words = {"content_type": "text/javascript", "body": INVENTED}
    lab.page.route("**/words/en.js", lambda route: route.fulfill(**words))
    return lab


def untranslated(lab: Lab, least: int = 150) -> set[str]:
    texts = lab.probe("texts")
    assert sum("⟦" in text for text in texts) > least
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


OF_MACHINE = re.compile(r"/experiments/\S+|, (Linux|Python|NumPy) [^,]+|CSV|JSON")


@pytest.mark.parametrize("name", TINY)
def test_every_text_of_an_experiment_goes_through_the_catalogue(lab: Lab, name: str) -> None:
    rows = {row["name"]: row for row in tables()["experiments"]}
    home = invented(
        "experiment.html",
        "js/experimentpage.js",
        place="experiment",
        changes=True,
        experiment=rows[name],
    )
    lab.page.route(
        re.compile(r"/experiments/\w+(\?.*)?$"),
        lambda route: route.fulfill(content_type="text/html", body=home),
    )
    words = {"content_type": "text/javascript", "body": INVENTED}
    lab.page.route("**/words/en.js", lambda route: route.fulfill(**words))
    lab.page.goto(f"{lab.server.url}/experiments/{name}?{TINY[name]}&zzz=1")
    expect(lab.at("#knobs")).to_contain_text("⟦")
    if lab.at(".prediction-choice").count():
        lab.at(".prediction-choice").first.click()
    expect(lab.at(".status-words")).to_contain_text("⟦Done in", timeout=60_000)
    lab.at("details").evaluate_all("all => all.forEach(one => (one.open = true))")
    lab.at("#share").click()
    lab.press("Escape")
    bare_words = {re.sub(OF_MACHINE, "", text) for text in untranslated(lab, 40)}
    assert {text for text in bare_words if re.search(WORD, text)} <= {"English"}


def test_the_list_of_experiments_has_no_other_words() -> None:
    states = {row["name"]: "done" for row in tables()["experiments"]}
    page = invented("experiments.html", place="experiments", states=states)
    text = re.sub(r"<[^>]+>", " ", page).replace("下山", "")
    ids = re.compile(r"\b[A-Z]\d+\b")
    assert not re.search(WORD, ids.sub("", bare(text)).replace("English", ""))


def test_the_class_page_has_no_other_words() -> None:
    text = re.sub(r"<[^>]+>", " ", invented("class.html", address="http://here/"))
    text = text.replace("http://here/", "").replace("下山", "")
    assert not re.search(WORD, bare(text))


def test_the_lecture_s_table_has_no_other_words() -> None:
    text = re.sub(r"<[^>]+>", " ", invented("evidence.html", place="experiment"))
    text = re.sub(r"\b[A-Z]\d+\b", "", text.replace("下山", "")).replace("English", "")
    assert not re.search(WORD, bare(text))
