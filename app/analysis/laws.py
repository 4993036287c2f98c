"""The theory of stability as formulas, the way the page shows them: text, MathML, source.

Each formula is read and displayed like a surface's; a test holds its value against the function
of stability.py that computes it. L and μ are the largest and the smallest curvature.
"""

from dataclasses import dataclass
from functools import cached_property

from app.surfaces.formula import Graph, Node, read
from app.surfaces.mathml import Writer, mathml, row

LETTERS = ("L", "μ", "λ")


@dataclass(frozen=True)
class Law:
    """Up to which η a rule holds, where momentum is robust, and the fastest η and λ."""

    rule: str
    limit: str
    source: str
    optimum: dict[str, str]
    robust: tuple[str, str] | None = None

    @cached_property
    def told(self) -> dict[str, object]:
        """As the page reads it: math elements."""
        return {
            "rule": self.rule,
            "source": self.source,
            "limit": compared("<mi>η</mi><mo>&lt;</mo>", self.limit),
            "robust": None if self.robust is None else between(*self.robust),
            "optimum": [mathml(left, graph(text)) for left, text in self.optimum.items()],
        }


LAWS = (
    Law("gd", "2/L", "Polyak 1963; Nesterov 2004", {"η": "2/(L + μ)"}),
    Law(
        "momentum",
        "2*(1 + λ)/L",
        "Polyak 1964; Goh 2017; Kidambi et al. 2018",
        {
            "η": "(2/(sqrt(L) + sqrt(μ)))**2",
            "λ": "((sqrt(L) - sqrt(μ))/(sqrt(L) + sqrt(μ)))**2",
        },
        ("(1 - sqrt(λ))**2/μ", "(1 + sqrt(λ))**2/L"),
    ),
    Law(
        "nesterov",
        "2*(1 + λ)/((1 + 2*λ)*L)",
        "Lessard, Recht and Packard 2016",
        {"η": "4/(3*L + μ)", "λ": "(sqrt(3*L/μ + 1) - 2)/(sqrt(3*L/μ + 1) + 2)"},
    ),
)


def graph(text: str) -> Node:
    return read(text, LETTERS, Graph())


def compared(left: str, text: str) -> str:
    return equation(row(left, shown(text)))


def between(low: str, high: str) -> str:
    return equation(row(shown(low), "<mo>≤</mo><mi>η</mi><mo>≤</mo>", shown(high)))


def shown(text: str) -> str:
    return Writer({}).write(graph(text))


def equation(inner: str) -> str:
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML">{inner}</math>'


def laws() -> list[dict[str, object]]:
    return [law.told for law in LAWS]
