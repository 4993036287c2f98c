"""Documentation that cannot go stale: what there is is written down, and what is written is so."""

import contextlib
import inspect
import io
import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest
from pydantic import BaseModel

from app import answers, frames
from app.analysis.shares import COLUMNS
from app.answers import (  # fmt: skip
    CriticalAnswer,
    CutAnswer,
    EscapeAnswer,
    PointAnswer,
    RunAnswer,
    StopsAnswer,
    SurfaceRow,
    UpdateAnswer,
)
from app.experiments.knobs import KNOBS as EXPERIMENT_KNOBS
from app.experiments.knobs import VIEW as EXPERIMENT_VIEW
from app.experiments.table import EXPERIMENTS
from app.knobs import KNOBS
from app.limits import LIMITS
from app.outcome import OUTCOMES
from app.rules import RULES
from app.sampling import SHUFFLES
from app.schedules import SCHEDULES
from app.settings import PROJECT, SETTINGS
from app.surfaces.catalogue import SURFACES
from app.wants import WANTS
from tests.asking import ask, page
from tests.reference import API, BETWEEN, TABLES, current

PAGES = [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))]
TEXT = API.read_text("utf-8")


def blocks(kind: str, text: str = TEXT) -> list[str]:
    """The fenced blocks of one kind."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.S | re.M)


def test_generated_tables_are_current():
    assert current(TEXT) == TEXT, "python -m tests.reference"
    assert {name for name, _ in BETWEEN.findall(TEXT)} == set(TABLES)


ANSWERS = [answer for _, answer in inspect.getmembers(answers, inspect.isclass)]
OF_BATCHES = {
    name for answer in ANSWERS if issubclass(answer, BaseModel) for name in answer.model_fields
}
NAMED = {
    "surface": [row.name for row in SURFACES],
    "rule": [rule.name for rule in RULES],
    "knob": [knob.name for knob in KNOBS],
    "choice": [v for k in KNOBS if k.name != "surface" for v, _ in k.choices],
    "schedule": list(SCHEDULES),
    "shuffle": list(SHUFFLES),
    "outcome": list(OUTCOMES),
    "limit": list(LIMITS),
    "setting": [f"DOWNHILL_{setting.name.upper()}" for setting in SETTINGS],
    "want": list(WANTS),
    "figure": list(RunAnswer.model_fields),
    "field of a surface": list(SurfaceRow.model_fields),
    "field of a point": list(PointAnswer.model_fields),
    "field of an update": list(UpdateAnswer.model_fields),
    "field of a critical point": list(CriticalAnswer.model_fields),
    "field of a cut": ["from", *list(CutAnswer.model_fields)[1:]],
    "stop": list(StopsAnswer.model_fields),
    "field of an escape": ["from", *list(EscapeAnswer.model_fields)[1:]],
    "field about batches": sorted(OF_BATCHES),
    "column of a seed": COLUMNS,
    "column": ["update", *frames.COLUMNS],
    "experiment": list(EXPERIMENTS),
    "knob of an experiment": [knob.name for knob in (*EXPERIMENT_KNOBS, *EXPERIMENT_VIEW)],
    "chart": [chart.name for row in EXPERIMENTS.values() for chart in row.charts],
    "series": [name for row in EXPERIMENTS.values() for c in row.charts for name, _ in c.series],
    "column of a result": [c.name for row in EXPERIMENTS.values() for c in row.columns],
}
THINGS = [(kind, name) for kind, names in NAMED.items() for name in names]


@pytest.mark.parametrize(("kind", "name"), THINGS, ids=lambda part: part)
def test_everything_with_a_name_is_documented(kind, name):
    assert re.search(rf"`[^`\n]*\b{re.escape(name)}\b[^`\n]*`", TEXT) or f'"{name}"' in TEXT, kind


def test_every_public_route_is_documented_and_every_documented_one_is_there(client):
    schema = client.get("/openapi.json").json()
    written = set(re.findall(r"^\| `GET (/api[^`]*)`", TEXT, re.M))
    assert written == set(schema["paths"])
    for route in ("/openapi.json", "/healthz"):
        assert f"`GET {route}`" in TEXT
        assert client.get(route).status_code == 200


SCENE = "surface=booth&updates=4000&eta=x&run=gd"
QUESTIONS = {
    "paths": {},
    "reading": {},
    "ground": {"x": [0, 1], "y": [0, 1], "resolution": [3, 3]},
    "window": {"from": 0, "to": 9},
    "update": {"of": [0], "index": 3},
    "batch": {"of": 0, "index": 3},
    "ghost": {"examples": [0, 2], "x": [0, 1], "y": [0, 1], "resolution": [3, 3]},
    "critical-points": {},
    "point": {"point": [0, 0]},
    "cut": {"from": [0, 0], "to": [1, 1], "resolution": 3},
    "escape": {"point": [1, 3]},
    "flatness": {"from": [0, 0], "to": [1, 1], "resolution": 3, "shift": [1, 0]},
    "shares": {"of": 0, "seeds": 2, "batches": [1]},
    "edge": {},
    "stability": {"at": [[1, 3]]},
    "map": {
        "of": 0,
        "x": {"knob": "eta", "low": 0.01, "high": 0.1},
        "y": {"knob": "start1", "low": 0, "high": 1},
        "resolution": [2, 2],
    },
    "maps": {},
    "experiment": {"experiment": "time", "knobs": "batches=1,100&examples=100&repeats=3"},
}


@pytest.mark.parametrize("want", QUESTIONS)
async def test_every_field_of_a_header_is_documented(server, want):
    async with page(server.ws) as socket:
        answer = await ask(socket, 1, want, SCENE, **QUESTIONS[want])
    header = answer[0][0]
    names = {*header, *(header.get("sections") or [{}])[0], *(header.get("runs") or [{}])[0]}
    rows = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\|([^|]+)\|", TEXT, re.M))))
    assert names <= rows


ANSWERS = (
    SurfaceRow, PointAnswer, RunAnswer, UpdateAnswer,
    CriticalAnswer, CutAnswer, StopsAnswer, EscapeAnswer,
)  # fmt: skip
OF_HTTP = {name for answer in ANSWERS for name in answer.model_fields}


async def test_every_documented_field_is_there(server):
    """The tables `field | means` name fields of HTTP answers and of real headers."""
    there = {*OF_HTTP, *OF_BATCHES, *OUTCOMES, *COLUMNS}
    async with page(server.ws) as socket:
        for identity, want in enumerate(QUESTIONS):
            answer = await ask(socket, identity, want, SCENE, **QUESTIONS[want])
            header = answer[0][0]
            there |= {*header, *(header.get("sections") or [{}])[0]}
            there |= set((header.get("runs") or [{}])[0])
    for rows in re.findall(r"^\| field[^\n]*means \|\n\| --- \| --- \|\n((?:\|.*\n)+)", TEXT, re.M):
        for cell in re.findall(r"^\|([^|]+)\|", rows, re.M):
            assert set(re.findall(r"`(\w+)`", cell)) <= there


FIGURES = {
    "bytes of a frame": f"at most {LIMITS['frame']:,} bytes",
    "points drawn whole": f"more than {LIMITS['shown']:,} points",
    "points of a window": f"cut to {LIMITS['window']:,}",
    "around the playhead": f"{frames.AROUND} updates on either side",
    "problems told": f"at most {frames.TOLD}",
}


@pytest.mark.parametrize("sentence", FIGURES.values(), ids=FIGURES)
def test_figures_in_sentences_are_those_of_the_code(sentence):
    assert sentence in " ".join(TEXT.split())


def fits(shown: str, real: str) -> bool:
    """Whether an answer is what is shown, spaces aside; `…` stands for anything."""
    pieces = map(re.escape, "".join(shown.split()).split("…"))
    return re.fullmatch(".*?".join(pieces), "".join(real.split()), re.S) is not None


def test_fits_tells_the_same_from_the_different():
    assert fits('{"a": 1, …}', '{"a":1,"b":2}')
    assert not fits('{"a": 1, …}', '{"a":2,"b":2}')
    assert not fits('{"a": 1}', '{"a":1,"b":2}')


@pytest.mark.parametrize("example", blocks("console"), ids=lambda text: text.splitlines()[0][30:90])
def test_an_example_answers_what_is_shown(client, example):
    command, shown = example.split("\n", 1)
    posts, address = re.fullmatch(
        r"\$ curl (-i -X POST )?'http://127\.0\.0\.1:8000(.+)'", command
    ).groups()
    if posts:
        posted(client, address, shown)
        return
    answer = client.get(address)
    assert fits(shown, answer.text), answer.text
    assert answer.status_code == (422 if "problems" in shown else 200)


def posted(client, address, shown):
    """What is shown of a POST is its first line and some of its headers."""
    answer = client.post(address)
    assert client.delete(address).status_code == 200
    real = [f"HTTP/1.1 {answer.status_code} {answer.reason_phrase}"]
    real += [f"{name}: {value}" for name, value in answer.headers.items()]
    assert set(shown.splitlines()) - {"…"} <= set(real)


@pytest.mark.parametrize("example", blocks("question"), ids=lambda text: text[:50])
async def test_a_question_is_answered_as_shown(server, example):
    question, shown = example.removeprefix("→").split("←")
    fields = json.loads(question)
    async with page(server.ws) as socket:
        frames_back = await ask(socket, **{"identity": fields.pop("id")}, **fields)
    real = json.dumps(frames_back[0][0], ensure_ascii=False)
    assert fits(shown, real), real


def test_the_python_example_prints_what_is_shown(server):
    (program,), (output,) = blocks("python"), blocks("output")
    printed = io.StringIO()
    here = program.replace("127.0.0.1:8000", urlsplit(server.url).netloc)
    with contextlib.redirect_stdout(printed):
        exec(compile(here, "docs/api.md", "exec"), {})
    assert printed.getvalue() == output


def test_the_example_of_the_readme_holds():
    (program,) = blocks("python", (PROJECT / "README.md").read_text("utf-8"))
    names: dict = {}
    exec(compile(program, "README.md", "exec"), names)
    (path,) = names["paths"]
    assert path.theta.shape == (301, 2)
    assert path.loss.shape == (301,)
    assert path.theta.dtype == path.loss.dtype == np.float64
    assert path.outcome == "minimum"


def anchors(text: str) -> set[str]:
    """Anchors of a page's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


LINKS = [
    (path, link)
    for path in PAGES
    for link in re.findall(r"\]\(([^)\s]+)\)", path.read_text("utf-8"))
    if "://" not in link
]


@pytest.mark.parametrize(("path", "link"), LINKS, ids=lambda part: getattr(part, "name", part))
def test_links_between_pages_lead_somewhere(path: Path, link: str):
    file, _, anchor = link.partition("#")
    target = (path.parent / file).resolve() if file else path
    assert target.exists()
    if anchor:
        assert anchor in anchors(target.read_text("utf-8"))


def test_a_limit_has_its_meaning_beside_it():
    rows = TABLES["limits"]().splitlines()[2:]
    assert len(rows) == len(LIMITS)


def test_the_api_module_says_what_its_routes_do(client):
    for methods in client.get("/openapi.json").json()["paths"].values():
        assert inspect.cleandoc(methods["get"]["description"])
