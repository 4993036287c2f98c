"""The tables of knobs, rules, surfaces and laws as plain values, for the page and the API."""

from functools import lru_cache
from typing import Any

from app import knobs, limits, rules, scene
from app.analysis.laws import laws
from app.experiments.experiment import Experiment
from app.experiments.table import EXPERIMENTS
from app.surfaces import catalogue
from app.surfaces.formula import Graph, read
from app.surfaces.mathml import mathml


def rule(row: rules.Rule) -> dict[str, Any]:
    told = ("name", "label", "lines", "mathml", "worked", "source", "why")
    return {name: getattr(row, name) for name in told} | {"knobs": dict(row.knobs)}


def surface(row: catalogue.Row) -> dict[str, Any]:
    """One row of the catalogue; `mathml` shows constants by their names."""
    told = ("name", "label", "formula", "domain", "start", "eta", "updates", "why", "bounded")
    return {name: getattr(row, name) for name in told} | {
        "mathml": shown(row, {}),
        "parameters": [row.shown.get(name, name) for name in row.point],
        "columns": list(row.columns),
        "kind": "data" if row.draw else "formula",
        "weight": row.weight,
        "own": list(row.own),
        "shapes": list(row.shapes),
        "claims": [{"kind": claim.kind, "at": claim.at} for claim in row.claims],
        "cut": None if row.cut is None else [*row.cut[0], *row.cut[1]],
    }


def shown(row: catalogue.Row, constants: dict[str, float]) -> str:
    """The formula as MathML, with constants put in where they are known."""
    names = dict(row.shown) | {name: f"{value:.4g}" for name, value in constants.items()}
    left = "ℓᵢ" if row.draw else "L"
    return mathml(left, read(row.formula, row.letters.all(), Graph()), names)


def experiment(row: Experiment) -> dict[str, Any]:
    """One row of the experiments, with the knobs of its page."""
    return row.told() | {"view": knobs.rows(row.view)}


@lru_cache(maxsize=1)
def tables() -> dict[str, Any]:
    """Everything the page needs to know before it asks its first question."""
    return {
        "knobs": knobs.rows(),
        "rules": [rule(row) for row in rules.RULES],
        "surfaces": [surface(row) for row in catalogue.SURFACES],
        "opening": scene.OPENING,
        "limits": limits.LIMITS,
        "experiments": [experiment(row) for row in EXPERIMENTS.values()],
        "laws": laws(),
    }
