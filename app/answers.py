"""The shapes of HTTP answers, for OpenAPI and for whoever reads it.

Field by field what api.py answers with; docs/api.md says what the fields mean. Pairs are
(θ₁, θ₂); null stands for a number that is not finite, or for what does not apply.
"""

from typing import Annotated, Any

from pydantic import BaseModel, Field

Pair = tuple[float, float]
Matrix = tuple[Pair, Pair]


class Told(BaseModel):
    """One problem of an address; `wrong` and `at` of a formula alone."""

    knob: str
    given: str
    allowed: str
    wrong: str | None = None
    at: int | None = None


class Refusal(BaseModel):
    detail: str
    problems: list[Told]


class Claim(BaseModel):
    kind: str
    at: Pair


class SurfaceRow(BaseModel):
    name: str
    label: str
    formula: str
    mathml: str
    domain: Matrix
    start: Pair
    eta: float
    updates: int
    why: str
    kind: str
    weight: int
    bounded: bool
    parameters: list[str]
    columns: list[str]
    own: list[str]
    shapes: list[str]
    claims: list[Claim]
    cut: tuple[float, float, float, float] | None


class PointAnswer(BaseModel):
    """L at a point. `kind` is null where the gradient is not zero."""

    point: Pair
    loss: float | None
    gradient: tuple[float | None, float | None]
    hessian: list[list[float | None]]
    eigenvalues: tuple[float | None, float | None]
    eigenvectors: list[list[float | None]]
    kind: str | None
    valley: bool


class CriticalAnswer(BaseModel):
    """A critical point. Eigenvalues are null at a tip, where there is no gradient; `curve` is
    null but for a whole curve of minima or maxima."""

    at: Pair
    loss: float | None
    kind: str
    valley: bool
    eigenvalues: Pair | None
    eigenvectors: Matrix | None
    curve: list[Pair] | None


class StopsAnswer(BaseModel):
    """The updates at which a run passes the lecture's four positions, and a shelf."""

    of: int
    start: int
    small: int | None
    zero: int | None
    against: int | None
    shelf: int | None


class CutAnswer(BaseModel):
    """L and its slope along a line; the stops of every run of the scene."""

    start: Annotated[Pair, Field(serialization_alias="from")]
    to: Pair
    distance: list[float]
    loss: list[float | None]
    slope: list[float | None]
    stops: list[StopsAnswer]


class EscapeAnswer(BaseModel):
    """From a critical point along the eigenvector whose eigenvalue is negative."""

    start: Annotated[Pair, Field(serialization_alias="from")]
    to: Pair
    direction: Pair
    eigenvalue: float
    predicted: float
    actual: float
    length: float


class GridAnswer(BaseModel):
    x: list[float]
    y: list[float]
    loss: list[list[float | None]]


class AverageAnswer(BaseModel):
    """The mean of a run's points from update `from` on, and the training loss there."""

    first: Annotated[int, Field(alias="from")]
    at: Pair
    loss: float | None


class ZigzagAnswer(BaseModel):
    """How long a path is, how far it leads, and their ratio (null where it leads nowhere)."""

    length: float
    displacement: float
    ratio: float | None


class RunAnswer(BaseModel):
    """One path with every update. `theta` and `loss` hold `updates` + 1 rows, or as many as
    there were points inside when the run diverged."""

    run: str
    rule: str
    knobs: dict[str, float | int | str]
    outcome: str
    valley: bool
    updates: int
    diverged: int | None
    settled: int | None
    left: int | None
    leaves: int | None
    look_ahead: int
    at: Pair | None
    saddle: Pair | None
    end: Pair
    end_loss: float | None
    updates_per_epoch: int
    average: AverageAnswer | None
    zigzag: ZigzagAnswer
    theta: list[Pair]
    loss: list[float | None]


class ConversionsAnswer(BaseModel):
    """The same run elsewhere: `pytorch` is null where no line walks the same path, `averaged`
    holds α and β of the averaged form of momentum."""

    pytorch: str | None
    averaged: dict[str, float] | None
    form: str


Found = tuple[float | None, float | None]


class UpdateAnswer(BaseModel):
    """One update, from θ at `index` to the next. Null stands for what is not finite, as after
    the update at which a run diverged."""

    of: int
    index: int
    run: str
    rule: str
    epoch: int
    batch: list[int]
    eta: float
    probe: Found
    example_gradients: list[Found]
    gradient: Found
    previous_movement: Found
    reverse_gradient: Found
    movement: Found
    before: Found
    after: Found
    weights: list[float]
    square_weights: list[float]
    values: dict[str, Found | float | None]
    conversions: ConversionsAnswer


class ExampleAnswer(BaseModel):
    """One example: its loss is f(θ − shift) + tilt·θ. `z` is null on a data surface."""

    index: int
    columns: dict[str, float]
    z: Pair | None
    shift: Pair
    tilt: Pair


class EpochAnswer(BaseModel):
    """One epoch: the example indices of each of its batches, in order."""

    epoch: int
    batches: list[list[int]]


class ShareAnswer(BaseModel):
    """A share of the seeds, and the 95 % interval of Wilson (no width where no seed matters)."""

    share: float
    low: float
    high: float


class MinimumAnswer(ShareAnswer):
    at: Pair
    limit: float | None
    catchment: ShareAnswer
    average: ShareAnswer | None


class LeftAnswer(ShareAnswer):
    by: int


class QuartilesAnswer(BaseModel):
    low: float | None
    median: float | None
    high: float | None


class LossesAnswer(BaseModel):
    end: QuartilesAnswer
    average: QuartilesAnswer | None


class TimeAnswer(BaseModel):
    share: float
    update: int


class SharesAnswer(BaseModel):
    """What became of all seeds at one batch size."""

    batch: int
    eta: float
    seeds: int
    varies: bool
    shares: dict[str, ShareAnswer]
    minima: list[MinimumAnswer]
    left: LeftAnswer
    losses: LossesAnswer
    times: list[TimeAnswer]


class TestLossAnswer(BaseModel):
    """Training and test loss at a point; `shift` or `data` says what the test is."""

    point: Pair
    training: float | None
    test: float | None
    shift: Pair | None
    data: int | None


class SharpnessAnswer(BaseModel):
    """How sharp the training loss is at a point: Keskar et al. (2017), and λmax."""

    point: Pair
    loss: float | None
    epsilon: float
    box: tuple[Pair, Pair]
    highest_at: Pair
    highest: float | None
    relative: float | None
    curvature: float | None


class OptimumAnswer(BaseModel):
    """Where the spectral radius is smallest."""

    eta: float
    momentum: Annotated[float, Field(serialization_alias="lambda")]
    radius: float


class RuleLimitsAnswer(BaseModel):
    limit: float | None
    noisy: float | None
    optimum: OptimumAnswer | None


class StabilityAnswer(BaseModel):
    """Theory of stability at a point, for every rule that has one."""

    point: Pair
    eigenvalues: tuple[float | None, float | None]
    momentum: Annotated[float, Field(serialization_alias="lambda")]
    batch: int
    rules: dict[str, RuleLimitsAnswer]


class MapAnswer(BaseModel):
    """How a run ends for every pair of values of two knobs. Rows follow y; `minimum` is a place
    in `minima`, `updates` when a cell settled or diverged."""

    run: str
    x: list[float]
    y: list[float]
    minima: list[Pair]
    outcome: list[list[str]]
    minimum: list[list[int | None]]
    updates: list[list[int | None]]
    loss: list[list[float | None]]


class ChoiceAnswer(BaseModel):
    value: str
    label: str


class KnobAnswer(BaseModel):
    """A knob of an experiment, as the page shows it."""

    name: str
    kind: str
    scope: str
    default: float | int | str | None
    label: str
    help: str
    symbol: str
    low: float | None
    high: float | None
    scale: str
    step: float | None
    choices: list[ChoiceAnswer]
    per_run: bool


class AxisAnswer(BaseModel):
    label: str
    unit: str
    scale: str
    knob: str


class NamedAnswer(BaseModel):
    name: str
    label: str


class ChartAnswer(NamedAnswer):
    x: AxisAnswer
    y: AxisAnswer
    z: AxisAnswer | None
    series: list[NamedAnswer]
    measured: bool
    beside: str
    answers: bool


class ColumnAnswer(NamedAnswer):
    unit: str
    names: list[ChoiceAnswer]


class ExperimentRow(NamedAnswer):
    """An experiment: its question, where the lecture asks it, and what its figures are."""

    question: str
    lecture: str
    knobs: list[KnobAnswer]
    charts: list[ChartAnswer]
    columns: list[ColumnAnswer]


CellAnswer = float | int | str | bool | None


class SeriesAnswer(BaseModel):
    """One line of a chart. Null stands for what it does not have."""

    chart: str
    name: str
    x: list[CellAnswer]
    y: list[CellAnswer]
    low: list[CellAnswer] | None
    high: list[CellAnswer] | None
    dots: list[list[CellAnswer]] | None
    z: list[list[CellAnswer]] | None


class MachineAnswer(BaseModel):
    processor: str
    cores: int
    system: str
    python: str
    numpy: str
    blas: str
    threads: int


class MeasuredTimeAnswer(BaseModel):
    """Seconds that an update took, by batch size."""

    batches: list[int]
    seconds: list[float]
    machine: MachineAnswer
    finished: str


class ExperimentAnswer(BaseModel):
    """An experiment of somebody: how far it is, and its figures so far."""

    name: str
    address: str
    query: str
    knobs: dict[str, float | int | str | list[int]]
    state: str
    position: int | None
    error: str | None
    machine: MachineAnswer | None
    seconds: float | None
    finished: str | None
    followers: int
    progress: float
    series: list[SeriesAnswer]
    rows: list[list[CellAnswer]]
    facts: dict[str, Any]


class SideAnswer(BaseModel):
    batch: int
    value: float
    low: float
    high: float


class SaysAnswer(BaseModel):
    small: str
    large: str


class UpdatesAnswer(BaseModel):
    small: int
    large: int


class LectureRow(NamedAnswer):
    """A row of the lecture's table: what it says, what was measured here, and where."""

    measures: str
    unit: str
    says: SaysAnswer
    small: SideAnswer | None
    large: SideAnswer | None
    largest: SideAnswer | None
    updates: UpdatesAnswer | None
    seeds: int | None
    chance: float | None
    found: str | None
    agrees: bool | None
    experiment: str
    address: str
    state: str | None
    scene: str
