"""Writes the golden files that Python and JS share: `python -m tests.golden.write`.

tables.json is what the page imports; addresses.json is the address grammar by example;
stability.json the theory of maps. A
change here is a change of the public address: look at the diff before committing it.
"""

import itertools
import json
from pathlib import Path

from app.analysis.stability import RULES, limit, optimum, regime, worst
from app.experiments import address as experiments
from app.scene import SceneError, read
from app.tables import tables

FOLDER = Path(__file__).parent

QUERIES = [
    "",
    "?",
    "view=3d",
    "view=1d&inspect=1&cut=-3,0,4.5,0.5",
    "view=4d&inspect=8&cut=1,2,1,2",
    "inspect=0&cut=1,2,3",
    "ghost=batch&axis=time&cost=parallel&width=20&epoch=2&run=gd",
    "ghost=both&axis=seconds&cost=free&width=0&epoch=-1&run=gd",
    "cut=1,2,x,4",
    "seeds=300&shift=0.1,-0.02&map=eta:0.001..0.1,lambda:0..0.99&run=momentum",
    "fresh=4&map=start1:-2..2,start2:-1.5..1e3&seeds=2000&run=gd",
    "seeds=0&shift=1&fresh=-1&map=eta:1..0.1,lambda:0..1&run=gd",
    "map=eta:0.1..1&run=gd",
    "edge=1&run=gd",
    "map=start1:-2..2,start2:-1..1&colour=outcome&tolerance=1e-8&run=gd",
    "colour=red&tolerance=0.1&run=gd",
    "colour=auto&tolerance=0.01&run=gd",
    "edge=2&run=gd",
    "map=eta:0.1..1,eta:1..2&run=gd",
    "map=foo:0..1,lambda:0..1&run=momentum",
    "map=beta1:0..1,surface:0..1&run=adam",
    "surface=two-valleys",
    "run=gd",
    "surface=two-valleys&start=-0.72,0.960000002&spread=0.25&seed=7&updates=300&eta=0.05"
    "&run=gd&run=momentum,lambda:0.9&run=gd,batch:1",
    "surface=himmelblau&start=-1,1.5&eta=0.003&run=momentum",
    "surface=himmelblau&eta=0.0000001&run=gd",
    "surface=himmelblau&eta=1e-7&run=gd",
    "surface=himmelblau&eta=0.000001&run=gd",
    "surface=himmelblau&eta=1.5e-05&run=gd",
    "surface=long-valley&condition=50&run=gd",
    "surface=long-valley&condition=20&run=gd",
    "surface=long-valley&condition=5000&run=gd",
    "surface=two-valleys&condition=50&run=gd",
    "surface=rosenbrock&updates=2000&run=adam,beta1:0.8,eta:0.01",
    "surface=rosenbrock&updates=300&run=adam,eta:0.01,beta1:0.8",
    "run=gd&run=gd,eta:0.1&run=gd,eta:0.1",
    "run=gd,eta:0.1,eta:0.2",
    "run=gd,lambda:0.5",
    "run=momentum,lambda:2",
    "run=momentum,lambda",
    "run=newtonian",
    "run=newton&run=sam,rho:0.1&run=gd,average:100",
    "run=gd,average:-1&run=gd,rho:0.1",
    "run=",
    "run=gd&run=gd&run=gd&run=gd&run=gd&run=gd&run=gd&run=gd&run=gd",
    "eta=NaN&lambda=9e99&surface=zzz",
    "eta=Infinity",
    "eta=-Infinity",
    "eta=1e999",
    "eta=",
    "eta=0x10",
    "eta=0",
    "eta=-0.1",
    "eta= 0.1",
    "eta=0_1",
    "eta=.5",
    "eta=5.",
    "eta=+0.5",
    "eta=0.05&eta=0.06",
    "lambda=-0",
    "lambda=1",
    "lambda=1.0000001",
    "examples=30&batch=30",
    "examples=30&batch=31",
    "examples=30&batch=7&run=gd&run=gd,batch:30",
    "examples=2.5",
    "examples=2e1",
    "examples=0",
    "examples=201",
    "updates=1000000000",
    "updates=100000",
    "updates=100000&examples=200&run=gd&run=gd&run=gd&run=gd&run=gd&run=gd&run=gd&run=gd",
    "seed=2147483647",
    "seed=2147483648",
    "seed=-1",
    "shuffle=replacement",
    "shuffle=replacement&batch=1",
    "shuffle=replacement&run=gd,batch:5&run=gd",
    "shuffle=never",
    "noise=tilt&spread=0.5",
    "noise=gauss",
    "schedule=cosine&run=gd&run=gd,schedule:step",
    "start=1,2",
    "start=1",
    "start=1,2,3",
    "start=a,b",
    "start=1e30,0",
    "start=0.1,-0.30000000000000004",
    "start=%31,2",
    "start=%FF,2",
    "foo=bar",
    "ETA=0.1",
    "view=3d&axis=epochs&loss=log&theme=dark&hide=run-1&play=0&at=12&run=gd",
    "view=4d&at=-1&play=2&hide=<b>&run=gd",
    "surface=<script>alert(1)</script>",
    "surface=formula&run=gd",
    "surface=formula&formula=x^2%2By*y/2&domain=-1,3,-2,2.5&run=gd",
    "surface=formula&formula=(x%20-%201)**2*%20exp(-y)&start=0,1&run=momentum",
    "surface=formula&formula=(x**2%20%2B%20y**2)/10%20%2B%20sin(2*x)*cos(2*y)&domain=-4,4,-3,3",
    "surface=formula&formula=&domain=1,1,0,2&run=gd",
    "surface=formula&domain=0,1e5,0,1&run=gd",
    "surface=formula&domain=0,1,2&rows=1,2,3,4&run=gd",
    "surface=booth&formula=x&domain=0,1,0,1&run=gd",
    "surface=linear-regression&rows=0,1,1,3,2,5.25&run=gd,batch:3",
    "surface=linear-regression&rows=0,1,1,3,2,5.25&examples=3&batch=2&run=gd",
    "surface=linear-regression&rows=0,1,1,3,2,5.25&examples=20&run=gd,batch:4",
    "surface=linear-regression&rows=1,2&domain=-5,5,-5,5&start=2,2&run=gd",
    "surface=one-neuron&rows=1,2,3&run=gd",
    "surface=one-neuron&rows=1,2,1e7,1&run=gd",
    "surface=logistic-regression&rows=1,0,2,1,3,1&run=gd",
    "surface=logistic-regression&rows=1,0,2,1,3,2&run=gd",
    "&&&",
    "eta=0.1&&lambda=0.5&",
    "=1",
]


# Of experiments: what the page can judge alone, without the number of images or what it costs.
EXPERIMENT_QUERIES = [
    ("time", ""),
    ("time", "batches=1,10,100,1000,10000,60000"),
    ("time", "batches=100,1,10,100&examples=1e4&theme=dark&ask=0&chart=update"),
    ("time", "batches=1.0,2e1&repeats=3&take=7"),
    ("time", "batches=0,10&repeats=2&examples=99"),
    ("time", "batches=1,2,3,4,5,6,7,8,9"),
    ("time", "batches=&epochs=3&=1"),
    ("time", "hidden=32&activation=relu&rule=momentum&lambda=0.5"),
    ("time", "rule=newton&eta=NaN&images=cats"),
    ("time", "lambda=0.5&rule=gd&repeats=3"),
    ("time", "lambda=0.5&rule=adam"),
    ("time", "rule=gd&lambda=7"),
    ("both", "lambda=0.5"),
    ("time", "repeats=5&repeats=6"),
    ("accuracy", "hidden=64,32&split=3&eta=0.05&epochs=5&seeds=2&lang=en"),
    ("accuracy", "seconds=0.01&updates=1e2&seed=2147483647"),
    ("accuracy", "hidden=257&seconds=0.001&seeds=1.5"),
    ("accuracy", "batches=-1"),
]


def experiment_address(name: str, query: str) -> dict[str, object]:
    """The canonical query, null where the server refuses it."""
    told: dict[str, object] = {"name": name, "query": query}
    try:
        return told | {"canonical": experiments.read(name, query).query, "problems": []}
    except SceneError as wrong:
        names = [problem.knob for problem in wrong.problems]
        return told | {"canonical": None, "problems": names}


def address(query: str) -> dict[str, object]:
    scene, problems = read(query)
    names = [problem.knob for problem in problems]
    return {"query": query, "canonical": scene.query(), "problems": names}


def stability() -> list[dict[str, object]]:
    """Theory at some rates, momenta and curvatures, for the page's own formulas."""
    cases = itertools.product(RULES, (0.01, 0.05, 0.2), (0.0, 0.5, 0.9), (1.0, 4.0), (4.0, 30.0))
    return [told_stability(*case) for case in cases]


def told_stability(
    rule: str, eta: float, momentum: float, low: float, high: float
) -> dict[str, object]:
    best = optimum(rule, low, high)
    return {
        "rule": rule,
        "eta": eta,
        "lambda": momentum,
        "low": low,
        "high": high,
        "limit": limit(rule, momentum, high),
        "radius": worst(rule, eta, momentum, low, high),
        "regime": regime(eta, momentum, low, high),
        "optimum": None if best is None else [best.eta, best.momentum, best.radius],
    }


def written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def golden() -> dict[str, str]:
    """File name -> contents, as they should be."""
    return {
        "tables.json": written(tables()),
        "addresses.json": written([address(query) for query in QUERIES]),
        "experiments.json": written([experiment_address(*pair) for pair in EXPERIMENT_QUERIES]),
        "stability.json": written(stability()),
    }


if __name__ == "__main__":
    for name, text in golden().items():
        (FOLDER / name).write_text(text, "utf-8")
