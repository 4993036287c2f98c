"""One catalogue of words for Python, templates and JS, and nothing is missing from it."""

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po

from app import rules, words
from app.experiments.evidence import LINES
from app.experiments.knobs import KNOBS as EXPERIMENT_KNOBS
from app.experiments.knobs import VIEW as EXPERIMENT_VIEW
from app.experiments.table import EXPERIMENTS
from app.knobs import KNOBS
from app.settings import PROJECT
from app.surfaces.catalogue import SURFACES

POT = PROJECT / "app" / "locale" / "messages.pot"
MODULES = sorted((PROJECT / "static" / "js").glob("*.js"))


@pytest.fixture(scope="module")
def catalogue():
    with POT.open("rb") as file:
        return read_po(file)


def collected(tmp_path) -> str:
    """What `make words` would write now; the command is the Makefile's own."""
    recipe = (PROJECT / "Makefile").read_text("utf-8").split("\nwords:")[1].splitlines()[1]
    pybabel, *rest = shlex.split(recipe)
    assert pybabel == "$(BIN)/pybabel"
    target = rest.index("app/locale/messages.pot")
    rest[target] = str(tmp_path / "messages.pot")
    command = [sys.executable, "-m", "babel.messages.frontend", *rest]
    subprocess.run(command, cwd=PROJECT, check=True)
    return (tmp_path / "messages.pot").read_text("utf-8")


def test_the_catalogue_is_current(tmp_path):
    assert POT.read_text("utf-8") == collected(tmp_path), "run `make words`"


def texts() -> Iterator[str]:
    """Every text of the tables that people read on the page."""
    for knob in KNOBS:
        yield knob.label
        yield knob.help
        if knob.name not in ("lang", "surface"):
            yield from (label for _, label in knob.choices)
    for row in (*rules.RULES, *SURFACES):
        yield row.label
        yield row.why
    for knob in (*EXPERIMENT_KNOBS, *EXPERIMENT_VIEW):
        yield from (knob.label, knob.help)
        if knob.name != "lang":
            yield from (label for _, label in knob.choices)
    for row in EXPERIMENTS.values():
        yield from (row.label, row.question, *(column.label for column in row.columns))
        yield from (label for column in row.columns for _, label in column.names)
        for chart in row.charts:
            yield from (chart.label, chart.x.label, chart.y.label)
            yield from (label for _, label in chart.series)
    for line in LINES:
        yield from (line.label, line.measures, line.small, line.large)


@pytest.mark.parametrize("text", sorted(set(texts())))
def test_every_text_of_the_tables_is_in_the_catalogue(catalogue, text):
    assert text in catalogue


def calls(source: str) -> Iterator[tuple[str, list[str]]]:
    """Calls of say and sayMany in a module: the name, and the arguments as they are written."""
    for call in re.finditer(r"(?<![\w.])(?<!function )(say|sayMany)\(", source):
        yield call[1], arguments(source[call.end() :])


def arguments(rest: str) -> list[str]:
    """Arguments up to the closing bracket; strings are skipped whole."""
    found, depth = [""], 0
    for token in re.findall(r'"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|.', rest, re.S):
        if token in "([{":
            depth += 1
        elif token in ")]}":
            depth -= 1
        if depth < 0:
            break
        if token == "," and depth == 0:
            found.append("")
        else:
            found[-1] += token
    return [argument.strip() for argument in found]


def said(argument: str) -> str | None:
    """The text of a literal, None for anything else."""
    literal = re.fullmatch(r'"(?:[^"\\]|\\.)*"', argument)
    return json.loads(argument) if literal else None


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_every_literal_a_module_says_is_in_the_catalogue(catalogue, module):
    """The extractor of JS has lost strings before; this reads the modules on its own."""
    for name, given in calls(module.read_text("utf-8")):
        text = said(given[0])
        if text is None:
            assert name == "say"
            assert not re.search("[\"'`]", given[0]), f"say({given[0]})"
            continue
        assert text in catalogue
        if name == "sayMany":
            assert catalogue[text].id == (text, said(given[1]))


def test_the_reader_of_modules_finds_what_it_should():
    one = 'say("a, (b)", { n: f(1, 2) }); x.say("no");'
    source = one + 'sayMany("one",\n "many", n, { n }); say(row.label)'
    assert list(calls(source)) == [
        ("say", ['"a, (b)"', "{ n: f(1, 2) }"]),
        ("sayMany", ['"one"', '"many"', "n", "{ n }"]),
        ("say", ["row.label"]),
    ]


def test_one_and_many_leave_the_same_places_for_values(catalogue):
    """A singular may leave a number out, but names nothing that the plural does not know."""
    for message in catalogue:
        if message.pluralizable and "each" not in message.id[1]:
            one, many = (set(re.findall(r"\{(\w+)\}", text)) for text in message.id)
            assert one - {"runs", "leaves", "left"} <= many | one & {"n"}


def test_a_text_says_its_values_in_braces(catalogue):
    for message in catalogue:
        for text in message.id if message.pluralizable else [message.id]:
            assert "%(" not in text
            assert text == text.strip()
            assert not re.search(r"\$\{|\{\}|\{\d", text)


PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Momentum"
msgstr "Schwung"

msgid "Seed"
msgstr ""

msgid "{n} update"
msgid_plural "{n} updates"
msgstr[0] "{n} Schritt"
msgstr[1] "{n} Schritte"
"""


@pytest.fixture
def german(tmp_path, monkeypatch):
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(PO, "utf-8")
    monkeypatch.setattr(words, "CATALOGUES", tmp_path)
    words.catalogue.cache_clear()
    words.messages.cache_clear()
    yield "de"
    words.catalogue.cache_clear()
    words.messages.cache_clear()


def test_a_module_holds_what_is_translated_and_both_forms_of_a_plural(german):
    assert words.messages(german) == {
        "Momentum": "Schwung",
        "{n} update": ["{n} Schritt", "{n} Schritte"],
    }
    assert words.module(german).splitlines()[0] == 'export const locale = "de";'


def test_a_language_without_a_catalogue_speaks_english():
    assert words.messages("en") == {}
    assert words.translations("en").gettext("Momentum") == "Momentum"


SCRIPTS = {"zh-TW": "big5hkscs", "zh-CN": "gb2312"}  # the characters of each


def values(text: str) -> set[str]:
    return set(re.findall(r"\{\w*\}|%\(\w+\)s|</?\w+[^>]*>", text))


def forms(message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


@pytest.mark.parametrize("locale", sorted(set(words.LOCALES) - {"en"}))
def test_every_text_is_told_in_every_language_with_the_same_values(catalogue, locale):
    told = words.messages(locale)
    english = {forms(message)[0]: forms(message) for message in catalogue if message.id}
    assert [text for text in english if text not in told] == []
    assert [text for text in told if text not in english] == []
    for text, (*_, many) in english.items():
        (one,) = told[text] if isinstance(told[text], list) else [told[text]]
        assert values(one) in (values(text), values(many)), text
        assert one.startswith(" ") == text.startswith(" "), text
        assert one.endswith(" ") == text.endswith(" "), text


@pytest.mark.parametrize(("locale", "encoding"), SCRIPTS.items())
def test_chinese_is_written_in_the_script_of_its_readers(locale, encoding):
    for text, told in words.messages(locale).items():
        for sign in re.findall("[一-鿿]", "".join(told)):
            assert sign.encode(encoding, "ignore"), f"{sign} in {text}"


def test_chinese_uses_the_words_of_the_field():
    taiwan, mainland = words.messages("zh-TW"), words.messages("zh-CN")
    assert "學習率" in taiwan["Learning rate"]
    assert "学习率" in mainland["Learning rate"]
    assert "動量" in taiwan["Momentum"]
    assert "动量" in mainland["Momentum"]
    assert "批次" in taiwan["Batch size"]
    assert "批次" in mainland["Batch size"]
    assert "鞍點" in "".join(map("".join, taiwan.values()))
    for told in (taiwan, mainland):  # one word for a minimum, 最小值
        assert not re.search("[極极]小值", "".join(map("".join, told.values())))


def test_templates_and_js_speak_alike():
    for text, told in words.messages("zh-TW").items():
        if isinstance(told, str):
            assert words.translations("zh-TW").gettext(text) == told


@pytest.mark.parametrize(
    ("asked", "accepted", "spoken"),
    [
        ("", "", "en"),
        ("zh-CN", "zh-TW", "zh-CN"),
        ("xx", "zh-TW,zh;q=0.9,en;q=0.8", "zh-TW"),
        ("", "zh-Hant-HK", "zh-TW"),
        ("", "zh", "zh-CN"),
        ("", "ZH-hans", "zh-CN"),
        ("", "de-DE, de;q=0.9, en;q=0.8, zh-TW;q=0.7", "en"),
        ("", "en;q=0.5, zh-TW;q=0.7", "zh-TW"),
        ("", "zh-TW;q=0, en-GB", "en"),
        ("", "de, *;q=0.1", "en"),
        ("auto", "zh-TW", "zh-TW"),
        ("", ";;q=,-,zh-TW;q=x,\x00", "en"),
    ],
)
def test_a_page_speaks_what_its_address_or_else_the_browser_asks_for(asked, accepted, spoken):
    assert words.spoken(asked, accepted) == spoken
