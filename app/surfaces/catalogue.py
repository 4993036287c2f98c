"""The table of surfaces: one line of mathematics each, and why it is interesting.

Gradient, Hessian and the displayed formula are derived from that line. `claims` are points
the literature or the lecture names; tests check every one. Domains of the classics are the
usual ones (Jamil and Yang, "A literature survey of benchmark functions", 2013).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.locale import N_
from app.surfaces.data import Draw, classes, identity, line, neuron
from app.surfaces.terms import Letters

Point = tuple[float, float]


@dataclass(frozen=True)
class Claim:
    """A critical point somebody promised; `smooth` is false where there is no gradient."""

    kind: str
    at: Point
    smooth: bool = True


def minimum(x: float, y: float) -> Claim:
    return Claim("minimum", (x, y))


def saddle(x: float, y: float) -> Claim:
    return Claim("saddle", (x, y))


@dataclass(frozen=True, eq=False)
class Row:
    """One surface. Rows are their own identity: what is known of a surface hangs on its row."""

    name: str
    label: str
    formula: str
    domain: tuple[Point, Point]
    start: Point
    eta: float
    why: str
    claims: tuple[Claim, ...] = ()
    updates: int = 300
    point: tuple[str, str] = ("x", "y")
    shown: Mapping[str, str] = field(default_factory=lambda: {"x": "θ₁", "y": "θ₂"})
    columns: tuple[str, ...] = ()
    draw: Draw | None = None
    own: tuple[str, ...] = ()  # the surface's own knobs, constants of its formula
    shapes: tuple[str, ...] = ()  # knobs with which a visitor makes another row of it (typed.py)
    rows: tuple[Point, ...] = ()  # a visitor's own data, instead of drawn ones
    is_typed: bool = False  # interpreted (tape.py), not compiled
    calibrated: str = ""  # a constant chosen for the scene's examples (surface.py)
    halves: tuple[Point, Point] = ((0, 0), (0, 0))  # where its two minima lie along x
    bounded: bool = True  # False: it falls without end, and says so
    cut: tuple[Point, Point] | None = None  # where its shape shows in one dimension

    @property
    def constants(self) -> tuple[str, ...]:
        return self.own + ((self.calibrated,) if self.calibrated else ())

    @property
    def letters(self) -> Letters:
        return Letters(self.point, self.columns, self.constants)

    @property
    def box(self) -> tuple[float, ...]:
        """The domain as an address writes it: left, right, low, high."""
        return (*self.domain[0], *self.domain[1])

    @property
    def weight(self) -> int:
        """What one example's loss costs, in compiled ones."""
        return TYPED_WEIGHT if self.is_typed else 1

    @property
    def diagonal(self) -> float:
        """Length of the domain's diagonal: the unit in which outcomes are judged."""
        (left, right), (low, high) = self.domain
        return float(((right - left) ** 2 + (high - low) ** 2) ** 0.5)

    @property
    def centre(self) -> Point:
        (left, right), (low, high) = self.domain
        return (left + right) / 2, (low + high) / 2


TYPED_WEIGHT = 10
WEIGHTS = {"w1": "w₁", "w2": "w₂", "x": "xᵢ", "y": "yᵢ"}
LINE = {"w": "w", "b": "b", "x": "xᵢ", "y": "yᵢ"}
CAMEL_MINIMUM = (0.08984201310031806, -0.7126564030207396)
STYBLINSKI = -2.903534027771177

SURFACES = (
    Row(
        "two-valleys",
        N_("Two valleys"),
        "((0.8*x + 0.6*y)**2 - 1)**2/4 + (0.8*y - 0.6*x)**2/2",
        ((-2, 2), (-1.5, 1.5)),
        (-0.72, 0.960000002),
        0.05,
        N_(
            "Two minima and a saddle between them. The start lies a hair off the ridge that "
            "leads straight into the saddle."
        ),
        (minimum(0.8, 0.6), minimum(-0.8, -0.6), saddle(0, 0)),
        cut=((-2, -1.5), (2, 1.5)),
    ),
    Row(
        "canyon-and-basin",
        N_("Canyon and basin"),
        "1 - a*exp(-(x - 1.2)**2/(2*0.18**2)) - exp(-(x + 1.6)**2/(2*0.9**2)) + y**2/2",
        ((-4, 3), (-2, 2)),
        (1.5, 0.9),
        0.05,
        N_(
            "A sharp minimum and a flat one of equal training loss. The constant a is set for "
            "this scene's own examples so that they agree."
        ),
        calibrated="a",
        halves=((-4, 0.2), (0.2, 3)),
        cut=((-4, 0), (3, 0)),
    ),
    Row(
        "hill",
        N_("Hill"),
        "0.12*(x**4/4 - x**3) - 0.1*x**4*exp(-(x + 2)**2) + y**2/2",
        ((-3.2, 4.4), (-2, 2)),
        (-2.7, 0.8),
        0.05,
        N_(
            "A ball from high up meets a dip, then a shelf where the slope is zero, and only "
            "then the valley."
        ),
        (
            minimum(3, 0),
            minimum(-2.2312594970869526, 0),
            saddle(0, 0),
            saddle(-1.3661043859710706, 0),
        ),
        cut=((-3.2, 0), (4.4, 0)),
    ),
    Row(
        "plateau",
        N_("Plateau"),
        "(1 + tanh(6*x))/2 + 0.01*(x + 3)**2 + y**2/4",
        ((-4, 3), (-2, 2)),
        (2.2, 1.2),
        0.1,
        N_("Almost flat at first, then a cliff: small gradients, then one very large one."),
        cut=((-4, 0), (3, 0)),
    ),
    Row(
        "long-valley",
        N_("Long valley"),
        "(x**2 + condition*y**2)/2",
        ((-3, 3), (-2, 2)),
        (-2.5, 1),
        0.04,
        N_(
            "A quadratic that is steep across and flat along. The condition number is the "
            "ratio of the two curvatures."
        ),
        (minimum(0, 0),),
        shown={"x": "θ₁", "y": "θ₂", "condition": "κ"},
        own=("condition",),
    ),
    Row(
        "toy-network",
        N_("Toy network"),
        "(y - w1*w2*x)**2",
        ((-2.4, 2.4), (-1.8, 1.8)),
        (1.2, -1.19),
        0.02,
        N_(
            "Two weights in a row must multiply to 1. A saddle at the origin where every "
            "example's gradient is zero, and whole curves of minima."
        ),
        (saddle(0, 0),),
        point=("w1", "w2"),
        shown=WEIGHTS,
        columns=("x", "y"),
        draw=identity,
        cut=((-1.8, -1.8), (1.8, 1.8)),
    ),
    Row(
        "linear-regression",
        N_("Linear regression"),
        "(y - w*x - b)**2",
        ((-1.5, 3), (-1.5, 2.5)),
        (-1.0, 2.0),
        0.05,
        N_("A straight line through N points: each example is one squared error."),
        point=("w", "b"),
        shown=LINE,
        columns=("x", "y"),
        shapes=("domain", "rows"),
        draw=line,
    ),
    Row(
        "logistic-regression",
        N_("Logistic regression"),
        "softplus(w*x + b) - y*(w*x + b) + 0.02*(w**2 + b**2)",
        ((-3, 5), (-3, 3)),
        (-2.0, 2.0),
        0.2,
        N_("Two classes told apart by one line: each example is one cross-entropy."),
        point=("w", "b"),
        shown=LINE,
        columns=("x", "y"),
        shapes=("domain", "rows"),
        draw=classes,
    ),
    Row(
        "one-neuron",
        N_("One neuron"),
        "(y - w2*tanh(w1*x))**2",
        ((-4, 4), (-3, 3)),
        (-0.8, 1.0),
        0.05,
        N_("The smallest network that bends. The origin is a saddle that no noise can leave."),
        (saddle(0, 0),),
        point=("w1", "w2"),
        shown=WEIGHTS,
        columns=("x", "y"),
        shapes=("domain", "rows"),
        draw=neuron,
    ),
    Row(
        "rosenbrock",
        N_("Rosenbrock"),
        "(1 - x)**2 + 100*(y - x**2)**2",
        ((-2, 2), (-1, 3)),
        (-1.2, 1),
        0.0005,
        N_("A bent valley: easy to reach, slow to follow."),
        (minimum(1, 1),),
        updates=2000,
    ),
    Row(
        "beale",
        N_("Beale"),
        "(1.5 - x + x*y)**2 + (2.25 - x + x*y**2)**2 + (2.625 - x + x*y**3)**2",
        ((-4.5, 4.5), (-4.5, 4.5)),
        (1, 1.5),
        0.002,
        N_("Steep walls at the corners and a long flat floor."),
        (minimum(3, 0.5), saddle(0, 1)),
        updates=1000,
    ),
    Row(
        "himmelblau",
        N_("Himmelblau"),
        "(x**2 + y - 11)**2 + (x + y**2 - 7)**2",
        ((-5, 5), (-5, 5)),
        (-1, 1.5),
        0.003,
        N_("Four minima of equal depth: where a run ends depends on where it starts."),
        (
            minimum(3, 2),
            minimum(-2.805118086952745, 3.131312518250573),
            minimum(-3.779310253377747, -3.283185991286170),
            minimum(3.584428340330492, -1.848126526964404),
            saddle(0.086677504555253, 2.884254701174788),
            saddle(-3.073025750764151, -0.081353042953487),
            saddle(3.385154183607236, 0.073851879837757),
            saddle(-0.127961346730998, -1.953714980445241),
        ),
    ),
    Row(
        "six-hump-camel",
        N_("Six-hump camel"),
        "(4 - 2.1*x**2 + x**4/3)*x**2 + x*y + (-4 + 4*y**2)*y**2",
        ((-2, 2), (-1.2, 1.2)),
        (-1.9, -0.9),
        0.01,
        N_("Six minima, two of them the lowest."),
        (
            minimum(*CAMEL_MINIMUM),
            minimum(-CAMEL_MINIMUM[0], -CAMEL_MINIMUM[1]),
            saddle(0, 0),
        ),
    ),
    Row(
        "three-hump-camel",
        N_("Three-hump camel"),
        "2*x**2 - 1.05*x**4 + x**6/6 + x*y + y**2",
        ((-2.5, 2.5), (-2, 2)),
        (-2.2, 1.6),
        0.02,
        N_("Three minima in a row, the middle one the lowest."),
        (minimum(0, 0),),
        cut=((-2.5, 1.25), (2.5, -1.25)),
    ),
    Row(
        "styblinski-tang",
        N_("Styblinski–Tang"),
        "(x**4 - 16*x**2 + 5*x + y**4 - 16*y**2 + 5*y)/2",
        ((-5, 5), (-5, 5)),
        (0.2, 4.5),
        0.01,
        N_("Four minima, one per quarter; only one is the lowest."),
        (minimum(STYBLINSKI, STYBLINSKI),),
        cut=((-5, STYBLINSKI), (5, STYBLINSKI)),
    ),
    Row(
        "rastrigin",
        N_("Rastrigin"),
        "20 + x**2 - 10*cos(2*pi*x) + y**2 - 10*cos(2*pi*y)",
        ((-5.12, 5.12), (-5.12, 5.12)),
        (-3.4, 2.6),
        0.001,
        N_("A bowl covered with dips: a local minimum near every whole number."),
        (minimum(0, 0),),
        cut=((-5.12, 0), (5.12, 0)),
    ),
    Row(
        "ackley",
        N_("Ackley"),
        "20 - 20*exp(-0.2*sqrt((x**2 + y**2)/2)) - exp((cos(2*pi*x) + cos(2*pi*y))/2) + e",
        ((-5, 5), (-5, 5)),
        (-3.2, 2.4),
        0.02,
        N_("A dimpled funnel with a sharp tip: at the tip there is no gradient."),
        (Claim("minimum", (0, 0), smooth=False),),
        cut=((-5, 0), (5, 0)),
    ),
    Row(
        "booth",
        N_("Booth"),
        "(x + 2*y - 7)**2 + (2*x + y - 5)**2",
        ((-10, 10), (-10, 10)),
        (-8.0, 6.0),
        0.02,
        N_("A plain quadratic bowl, turned by 45 degrees."),
        (minimum(1, 3),),
    ),
    Row(
        "matyas",
        N_("Matyas"),
        "0.26*(x**2 + y**2) - 0.48*x*y",
        ((-10, 10), (-10, 10)),
        (-9.0, -3.0),
        0.2,
        N_("A very shallow valley along the diagonal."),
        (minimum(0, 0),),
    ),
    Row(
        "mccormick",
        N_("McCormick"),
        "sin(x + y) + (x - y)**2 - 1.5*x + 2.5*y + 1",
        ((-1.5, 4), (-3, 4)),
        (3.4, 3.4),
        0.03,
        N_("Tilted waves: a minimum, then a saddle, then a lower minimum, and so on without end."),
        (minimum(-0.5471975511965976, -1.5471975511965976),),
        bounded=False,
        cut=((-1.5, -2.5), (4, 3)),
    ),
    Row(
        "goldstein-price",
        N_("Goldstein–Price"),
        "(1 + (x + y + 1)**2*(19 - 14*x + 3*x**2 - 14*y + 6*x*y + 3*y**2))"
        "*(30 + (2*x - 3*y)**2*(18 - 32*x + 12*x**2 + 48*y - 36*x*y + 27*y**2))",
        ((-2, 2), (-2, 2)),
        (-1.2, -1.6),
        0.000002,
        N_("Losses from 3 to a million: η must be tiny, and one η does not suit all of it."),
        (minimum(0, -1),),
        updates=1000,
    ),
    Row(
        "monkey-saddle",
        N_("Monkey saddle"),
        "x**3 - 3*x*y**2",
        ((-2, 2), (-1.5, 1.5)),
        (1.2, 0.00001),
        0.02,
        N_(
            "Three ways down, three ways up: the Hessian at the middle is zero and cannot "
            "decide. The surface falls without end."
        ),
        (Claim("flat", (0, 0)),),
        updates=500,
        bounded=False,
        cut=((-2, 0), (2, 0)),
    ),
    Row(
        "formula",
        N_("Your own formula"),
        "(x**2 + y**2)/10 + sin(2*x)*cos(2*y)",
        ((-4, 4), (-3, 3)),
        (-3.2, 2.2),
        0.05,
        N_("Type a formula in x and y, and everything here works on it."),
        shapes=("formula", "domain"),
        is_typed=True,
    ),
)

BY_NAME = {row.name: row for row in SURFACES}
