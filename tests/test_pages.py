"""Pages: any address gives one, and nothing in it runs or is styled inline."""

import html
import json
import re
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import files, words
from app.experiments.address import read
from app.experiments.pool import Job
from app.experiments.table import EXPERIMENTS
from app.knobs import BY_NAME, KNOBS
from app.tables import tables
from tests.scenes import queries

EXPERIMENT_PAGES = [f"/experiments/{name}" for name in EXPERIMENTS]
PAGES = ["/", "/class", "/experiments", "/experiments/table", *EXPERIMENT_PAGES]
VOID = {"meta", "link", "input", "img", "br", "hr", "path", "circle", "rect", "use", "source"}


class Elements(HTMLParser):
    """Every element of a page with its attributes, and the text inside it."""

    def __init__(self, text):
        super().__init__()
        self.found, self.open, self.errors = [], [], []
        self.feed(text)
        self.close()
        self.errors += self.open

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.errors.append(f"/{tag}")

    def all(self, *tags):
        return [attributes for tag, attributes in self.found if tag in tags]


def elements(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return Elements(answer.text)


ADDRESSES = [
    "",
    "?",
    "?surface=himmelblau&run=adam",
    "?surface=everest&eta=NaN&run=newtonian",
    "?lang=xx",
    "?lang=../../etc/passwd",
    "?%FF%FE=%00",
    "?<script>alert(1)</script>",
    "?" + "a" * 20_000,
    "?" + "&" * 5000,
]


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address[:20] or "empty")
def test_any_address_gives_the_lab(client, address):
    answer = client.get("/" + address)
    assert answer.status_code == 200
    assert "<script>" not in answer.text


@settings(max_examples=40)
@given(queries() | st.text(max_size=50))
def test_any_text_behind_the_question_mark_gives_the_lab(client, query):
    assert client.get("/", params=query).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_elements_of_a_page_are_closed_in_order(client, path):
    assert not elements(client, path).errors


@pytest.mark.parametrize("path", PAGES)
def test_no_script_or_style_stands_in_a_page(client, path):
    found = elements(client, path)
    assert not found.all("style")
    assert all(attributes.get("src") for attributes in found.all("script"))
    for tag, attributes in found.found:
        assert "style" not in attributes, tag
        assert not [name for name in attributes if name.startswith("on")], tag
        assert not any((v or "").lower().startswith("javascript:") for v in attributes.values())


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_a_language_a_title_and_one_heading(client, path):
    found = elements(client, path)
    assert found.all("html")[0]["lang"] == "en"
    assert len(found.all("title")) == 1
    assert len(found.all("h1")) == 1
    assert len(found.all("main")) == 1


@pytest.mark.parametrize("path", PAGES)
def test_no_id_is_given_twice_and_labels_point_at_something(client, path):
    found = elements(client, path).found
    ids = [attributes["id"] for _, attributes in found if "id" in attributes]
    assert len(set(ids)) == len(ids)
    for _, attributes in found:
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            assert set((attributes.get(name) or "").split()) <= set(ids)


@pytest.mark.parametrize("path", PAGES)
def test_everything_a_page_points_at_is_ours_and_there(client, path):
    found = elements(client, path)
    addresses = {a["href"] for a in found.all("a", "link", "use") if "href" in a}
    addresses |= {a["src"] for a in found.all("script", "img") if "src" in a}
    ids = {attributes.get("id") for _, attributes in found.found}
    for address in addresses:
        if address.startswith("#"):
            assert address[1:] in ids
            continue
        whole = urljoin(str(client.base_url), address)
        assert whole.startswith(str(client.base_url)), address
        assert client.get(whole).status_code == 200, address


def test_static_files_of_a_page_are_asked_for_under_their_version(client):
    found = elements(client, "/")
    addresses = [a.get("href") or a.get("src") for a in found.all("link", "script")]
    static = [address for address in addresses if address.startswith("/static/")]
    assert static
    assert all(address.startswith(f"/static/{files.version()}/") for address in static)


@pytest.mark.parametrize("path", [page for page in PAGES if page != "/class"])
def test_every_module_that_a_page_s_script_imports_is_loaded_at_once(client, path):
    """One round trip for all modules; only the 3D stage may come later."""
    found = elements(client, path)
    preloaded = {a["href"] for a in found.all("link") if a["rel"] == "modulepreload"}
    entry = found.all("script")[0]["src"].split("/", 3)[3]
    needed = {files.static(name) for name in imported(entry)}
    assert needed == {address for address in preloaded if address.startswith("/static/")}


@pytest.mark.parametrize("path", EXPERIMENT_PAGES)
def test_an_experiment_s_page_asks_its_question_and_shows_the_lecture_beside_it(client, path):
    row = EXPERIMENTS[path.rsplit("/", 1)[1]]
    text = client.get(path).text
    assert html.escape(row.question, quote=False) in text
    assert "Hung-yi Lee" in text.split('id="lecture"')[1]


@pytest.mark.parametrize("query", ["?eta=x&seeds=1e9", "?<script>alert(1)</script>", "?chart=zzz"])
def test_any_knobs_give_the_page_of_an_experiment(client, query):
    answer = client.get("/experiments/accuracy" + query)
    assert answer.status_code == 200
    assert "<script>" not in answer.text


@pytest.mark.parametrize("name", ["nothing", "<b>", "x" * 5000])
def test_an_experiment_that_is_not_there_is_not_found(client, name):
    answer = client.get(f"/experiments/{name}", params={"lang": "zh-TW"})
    assert answer.status_code == 404
    found = Elements(answer.text)
    assert found.all("html")[0]["lang"] == "zh-TW"
    assert "/experiments" in [link["href"] for link in found.all("a")]
    assert "沒有這個實驗" in answer.text
    assert "<b>" not in answer.text
    assert len(answer.text) < 40_000


def test_the_list_of_experiments_says_which_are_done(client):
    pool = client.app.state.pool
    job = Job(read("time", ""), "done")
    before = pool.jobs.get(job.asked.address)
    pool.jobs[job.asked.address] = job
    text = client.get("/experiments").text
    assert text.count("measured on this machine") >= 1
    assert text.count('data-found="/api/experiments/time"') == 1
    assert text.count("data-found") == text.count("measured on this machine")
    for row in EXPERIMENTS.values():
        assert row.question in html.unescape(text)
    if before is None:
        del pool.jobs[job.asked.address]
    else:
        pool.jobs[job.asked.address] = before


def imported(name, seen=None):
    """The modules a module imports, and theirs."""
    seen = set() if seen is None else seen
    if name not in seen:
        seen.add(name)
        text = files.known()[name].read_text("utf-8")
        for other in re.findall(r'^(?:import|export)[^;]*?from "\./([^"]+)"', text, re.M):
            imported(f"js/{other}", seen)
    return seen


def test_a_page_is_asked_for_again_at_every_visit(client):
    assert client.get("/").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", [*PAGES, "/class.svg", "/tables.js", "/words/en.js"])
def test_a_head_request_is_answered_without_a_body(client, path):
    head = client.head(path)
    assert head.status_code == 200
    assert head.headers["content-type"] == client.get(path).headers["content-type"]


def test_the_class_page_shows_the_address_it_was_opened_with(client):
    answer = client.get("/class", headers={"host": "lab.example:8080"})
    assert 'href="http://lab.example:8080/"' in answer.text


def test_the_class_page_never_shows_the_loopback_address(client, monkeypatch):
    monkeypatch.setattr("app.reach.own_address", lambda: "192.168.7.7")
    for host in ("127.0.0.1:8000", "localhost:8000", "[::1]:8000"):
        text = client.get("/class", headers={"host": host}).text
        assert "http://192.168.7.7:8000/" in text


def test_the_class_page_shows_the_public_address_where_one_is_set(client, monkeypatch):
    monkeypatch.setenv("DOWNHILL_PUBLIC_URL", "https://downhill.school.example/")
    assert "https://downhill.school.example/" in client.get("/class").text


HOSTS = [
    "[::1",
    "localhost:99999",
    "localhost:abc",
    "<script>alert(1)</script>",
    "a b",
    '"><b>',
    "",
]


@pytest.mark.parametrize("host", [*HOSTS, "x" * 5000], ids=lambda host: host[:12] or "empty")
@pytest.mark.parametrize("path", [*PAGES, "/class.svg"])
def test_a_strange_host_breaks_nothing(client, path, host):
    answer = client.get(path, headers={"host": host})
    assert answer.status_code in (200, 400)
    assert "<script>alert" not in answer.text
    assert '"><b>' not in answer.text


def test_the_code_is_a_picture_with_light_around_it(client):
    answer = client.get("/class.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.text.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "style=" not in answer.text
    assert "<script" not in answer.text


def exports(client, address):
    """The constants a module of data exports."""
    answer = client.get(address)
    assert answer.headers["content-type"].startswith("text/javascript")
    lines = re.findall(r"^export const (\w+) = (.*);$", answer.text, re.M)
    assert len(lines) == len(answer.text.splitlines())
    return {name: json.loads(value) for name, value in lines}


def test_the_page_imports_the_tables_as_python_has_them(client):
    found = exports(client, "/tables.js")
    names = {"knobs", "rules", "surfaces", "opening", "limits", "laws", "experiments"}
    assert set(found) == names
    assert found == json.loads(json.dumps(tables()))
    assert [knob["name"] for knob in found["knobs"]] == [knob.name for knob in KNOBS]


@pytest.mark.parametrize("locale", words.LOCALES)
def test_the_words_of_every_language_are_a_module(client, locale):
    found = exports(client, f"/words/{locale}.js")
    assert found["locale"] == locale
    assert isinstance(found["messages"], dict)


@pytest.mark.parametrize("locale", ["xx", "en-GB", "..", "en%2F..", "__proto__"])
def test_words_of_an_unknown_language_are_not_found(client, locale):
    answer = client.get(f"/words/{locale}.js")
    assert answer.status_code == 404


def test_languages_are_the_choices_of_the_knob():
    assert [value for value, _ in BY_NAME["lang"].choices] == ["auto", *words.LOCALES]


@pytest.mark.parametrize("path", ["/", "/experiments", "/experiments/time", "/class"])
def test_a_page_is_written_in_the_language_of_its_reader(client, path):
    answer = client.get(path, headers={"accept-language": "zh-TW,zh;q=0.9"})
    assert '<html lang="zh-TW">' in answer.text
    assert answer.headers["vary"] == "accept-language"
    assert '<html lang="zh-CN">' in client.get(f"{path}?lang=zh-CN").text
