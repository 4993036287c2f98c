"""The table of experiments: for each its question, its knobs, and what its figures are.

Page, API, documentation and tests read this one table; how an experiment is made stands in a
file of its own, which only the process that runs it loads.
"""

from collections.abc import Mapping
from dataclasses import replace

from app.experiments.experiment import Axis, Chart, Column, Experiment
from app.experiments.knobs import TRAINABLE
from app.experiments.work import (
    work_of_accuracy,
    work_of_both,
    work_of_gradient,
    work_of_minima,
    work_of_plane,
    work_of_sharp,
    work_of_time,
)
from app.locale import N_
from app.schedules import SCHEDULES
from app.values import Value


def network(**own: Value | None) -> dict[str, Value | None]:
    """The knobs that every experiment on a network has, and its own."""
    shared: dict[str, Value | None] = dict.fromkeys(
        ("images", "split", "hidden", "activation", "rule", "eta", "lambda")
    )
    return shared | own


SIZES = Axis(N_("Batch size B"), "", "log")
SIZE = replace(SIZES, knob="batches")
SPREAD = (
    Column("low", N_("One update, lower quartile"), "s"),
    Column("high", N_("One update, upper quartile"), "s"),
)
THREADS = (("one", N_("one thread")), ("all", N_("all threads")))
SMALL_LARGE = (("small", N_("small batch")), ("large", N_("large batch")))
BOTH = (("training", N_("training")), ("validation", N_("validation")))
ACCURACY = Axis(N_("Accuracy"), "share")
ACCURACY_COLUMNS = (
    Column("training", N_("Training accuracy, median"), "share"),
    Column("training_low", N_("Training, lowest seed"), "share"),
    Column("training_high", N_("Training, highest seed"), "share"),
    Column("validation", N_("Validation accuracy, median"), "share"),
    Column("validation_low", N_("Validation, lowest seed"), "share"),
    Column("validation_high", N_("Validation, highest seed"), "share"),
)

TIME = Experiment(
    "time",
    N_("Time"),
    N_("Is a gradient of 1,000 examples 1,000 times slower than that of one?"),
    "B4, B5",
    network(
        batches="1,10,100,1000,10000,60000", examples=None, repeats=None, take=None
    ),
    (
        Chart(
            "update", N_("Time for one update"), SIZE,
            Axis(N_("Seconds per update"), "s", "log"), THREADS, measured=True,
        ),
        Chart(
            "epoch", N_("Time for one epoch"), SIZE,
            Axis(N_("Seconds per epoch"), "s", "log"), THREADS, measured=True, beside="update",
        ),
    ),
    (
        Column("batch", N_("Batch size B")),
        Column("threads", N_("Threads")),
        Column("update", N_("Time for one update"), "s"),
        *SPREAD,
        Column("updates", N_("Updates per epoch")),
        Column("epoch", N_("Time for one epoch"), "s"),
    ),
    work_of_time,
)  # fmt: skip

ACCURACIES = Experiment(
    "accuracy",
    N_("Accuracy"),
    N_("Does a large batch end with lower accuracy?"),
    "B6",
    network(
        batches=None, epochs=None, updates=None, seconds=None, seeds=None, seed=None
    ),
    (
        Chart("epochs", N_("After equal epochs"), SIZE, ACCURACY, BOTH),
        Chart("updates", N_("After equal updates"), SIZE, ACCURACY, BOTH),
        Chart("seconds", N_("After equal time"), SIZE, ACCURACY, BOTH, measured=True),
    ),
    (
        Column("equal", N_("Equal")),
        Column("batch", N_("Batch size B")),
        Column("updates", N_("Updates")),
        Column("seeds", N_("Seeds")),
        *ACCURACY_COLUMNS,
        Column("loss", N_("Training loss, median")),
        Column("diverged", N_("Diverged")),
    ),
    work_of_accuracy,
)  # fmt: skip

GRADIENT = Experiment(
    "gradient",
    N_("Gradient"),
    N_("How noisy is the gradient of a batch?"),
    "B11",
    network(
        batches="1,4,16,64,256,1024", small=None, epochs=None, seeds=None, seed=None
    ),
    (
        Chart(
            "noise", N_("Noise beside the gradient"), SIZE,
            Axis(N_("Noise ÷ length of the gradient"), "", "log"),
            (
                ("start", N_("at the start")),
                ("start-theory", N_("at the start, theory")),
                ("trained", N_("after the epochs")),
                ("trained-theory", N_("after the epochs, theory")),
            ),
        ),
    ),
    (
        Column("when", N_("When")),
        Column("batch", N_("Batch size B")),
        Column("seeds", N_("Seeds")),
        Column("signal", N_("Length of the full gradient, median")),
        Column("noise", N_("Noise, median")),
        Column("ratio", N_("Noise ÷ length, median")),
        Column("ratio_low", N_("Noise ÷ length, lowest seed")),
        Column("ratio_high", N_("Noise ÷ length, highest seed")),
        Column("theory", N_("Noise ÷ length, theory")),
    ),
    work_of_gradient,
)  # fmt: skip

ALPHA = Axis(N_("α: 0 is the small batch's solution, 1 the large one's"))
LOSS = Axis(N_("Loss"), "", "log")
SOURCES = (
    ("here", N_("here")),
    ("F1", N_("paper: F1, MNIST")),
    ("F2", N_("paper: F2, TIMIT")),
    ("C1", N_("paper: C1, CIFAR-10")),
    ("C2", N_("paper: C2, CIFAR-10")),
    ("C3", N_("paper: C3, CIFAR-100")),
    ("C4", N_("paper: C4, CIFAR-100")),
)
SHARP = Experiment(
    "sharp",
    N_("Sharp or flat"),
    N_("At the same training loss, does a large batch end in a sharper minimum, and do worse?"),
    "B8",
    network(
        small=None, large=None, target=None, tune=None, epochs=200, seeds=None, seed=None
    ),
    (
        Chart(
            "tuning", N_("Epochs needed"),
            Axis(N_("Learning rate η"), "", "log"), Axis(N_("Epochs"), "", "log"), SMALL_LARGE,
        ),
        Chart("loss", N_("Loss on the line"), ALPHA, LOSS, BOTH, answers=True),
        Chart(
            "accuracy", N_("Accuracy on the line"), ALPHA, ACCURACY, BOTH,
            beside="loss",
        ),
        Chart(
            "curvature", N_("Curvature"), SIZES,
            Axis(N_("λmax of the Hessian"), "", "log"), (("largest", N_("λmax")),),
        ),
        Chart(
            "sharpness", N_("Sharpness"), SIZES,
            Axis(N_("Rise in the box, percent of 1 + L"), "", "log"),
            (("wide", N_("ε = 0.001")), ("narrow", N_("ε = 0.0005"))), beside="curvature",
        ),
    ),
    (
        Column("source", N_("Measured"), names=SOURCES),
        Column("size", N_("Batch")),
        Column("batch", N_("Batch size B")),
        Column("eta", N_("Learning rate η")),
        Column("seeds", N_("Seeds")),
        Column("epochs", N_("Epochs, median")),
        Column("training_loss", N_("Training loss, median")),
        Column("training", N_("Training accuracy, median"), "share"),
        Column("validation", N_("Validation accuracy, median"), "share"),
        Column("validation_low", N_("Validation, lowest seed"), "share"),
        Column("validation_high", N_("Validation, highest seed"), "share"),
        Column("validation_loss", N_("Validation loss, median")),
        Column("curvature", N_("λmax, median")),
        Column("wide", N_("Sharpness, ε = 0.001, median"), "percent"),
        Column("narrow", N_("Sharpness, ε = 0.0005, median"), "percent"),
    ),
    work_of_sharp,
)  # fmt: skip

RECIPES = (
    ("small", N_("small batch")),
    ("small_momentum", N_("small batch, momentum")),
    ("plain", N_("plain")),
    ("root", N_("η × √B")),
    ("linear", N_("η × B")),
    ("warm", N_("η × B, warm-up")),
    ("momentum", N_("momentum")),
    ("momentum_root", N_("momentum, η × √B")),
    ("momentum_warm", N_("momentum, η × B, warm-up")),
)
ERROR = Axis(N_("Share of wrong answers (logarithmic): lower is better"), "share", "log")
NAMED_SCHEDULES = tuple((name, label) for name, (label, _) in SCHEDULES.items())
BOTH_WAYS = Experiment(
    "both",
    N_("Both?"),
    N_("Can a large batch learn as much as a small one in as many epochs?"),
    "B12",
    {
        name: default
        for name, default in network(
            small=None, batches="64,144,512,1437", epochs=None, seeds=None, seed=None
        ).items()
        if name != "rule"
    },
    (
        Chart("validation_error", N_("Validation error"), SIZE, ERROR, RECIPES),
        Chart("validation", N_("Validation accuracy"), SIZE, ACCURACY, RECIPES),
        Chart("training", N_("Training accuracy"), SIZE, ACCURACY, RECIPES),
    ),
    (
        Column("recipe", N_("Recipe")),
        Column("batch", N_("Batch size B")),
        Column("rule", N_("Rule"), names=tuple(TRAINABLE.items())),
        Column("eta", N_("Learning rate η")),
        Column("schedule", N_("Schedule"), names=NAMED_SCHEDULES),
        Column("seeds", N_("Seeds")),
        *ACCURACY_COLUMNS,
        Column("loss", N_("Training loss, median")),
    ),
    work_of_both,
)  # fmt: skip

CURVATURES = (
    ("positive", N_("positive")),
    ("zero", N_("zero")),
    ("negative", N_("negative")),
)
TRAINING_LOSS = Axis(N_("Training loss"), "", "log")
MINIMA = Experiment(
    "minima",
    N_("How rare are minima?"),
    N_("Where training stops, do all directions curve upwards?"),
    "C3",
    network(
        hidden="10", batch=None, epochs=100, looks=None, zero=None, seeds=3, seed=None
    ),
    (
        Chart(
            "share", N_("Signs of curvatures"), TRAINING_LOSS,
            Axis(N_("Share of the eigenvalues"), "share"), CURVATURES,
        ),
        Chart(
            "edges", N_("Largest and smallest"), TRAINING_LOSS,
            Axis(N_("Eigenvalue of the Hessian")),
            (("largest", N_("largest")), ("smallest", N_("smallest"))),
        ),
    ),
    (
        Column("updates", N_("Updates")),
        Column("epochs", N_("Epochs")),
        Column("seeds", N_("Seeds")),
        Column("loss", N_("Training loss, median")),
        Column("slope", N_("Length of the gradient, median")),
        Column("positive", N_("Positive, median"), "share"),
        Column("positive_low", N_("Positive, lowest seed"), "share"),
        Column("positive_high", N_("Positive, highest seed"), "share"),
        Column("zero", N_("Zero, median"), "share"),
        Column("negative", N_("Negative, median"), "share"),
        Column("largest", N_("Largest, median")),
        Column("smallest", N_("Smallest, median")),
    ),
    work_of_minima,
)  # fmt: skip

WAYS = (
    *SMALL_LARGE,
    ("small_shadow", N_("small batch, on the plane")),
    ("large_shadow", N_("large batch, on the plane")),
)
EPOCHS = Axis(N_("Epochs"))
PLANE = Experiment(
    "plane",
    N_("The real surface"),
    N_("What does the surface of a real network look like, and where do trainings go on it?"),
    "B6, B8",
    network(
        small=None, large=None, scaling=None, epochs=None, directions=None, resolution=None,
        seed=None,
    ),
    (
        Chart(
            "plane", N_("The plane"),
            Axis(N_("Along the first direction")), Axis(N_("Along the second direction")),
            (("surface", N_("training loss")), *SMALL_LARGE), z=TRAINING_LOSS,
        ),
        Chart("loss", N_("Loss on the way"), EPOCHS, TRAINING_LOSS, WAYS),
        Chart(
            "outside", N_("Outside the plane"), EPOCHS,
            Axis(N_("Part of the way that lies beside the plane"), "share"), SMALL_LARGE,
        ),
    ),
    (
        Column("path", N_("Batch")),
        Column("updates", N_("Updates")),
        Column("epochs", N_("Epochs")),
        Column("loss", N_("Training loss")),
        Column("training", N_("Training accuracy"), "share"),
        Column("validation", N_("Validation accuracy"), "share"),
        Column("x", N_("x on the plane")),
        Column("y", N_("y on the plane")),
        Column("shadow", N_("Training loss on the plane")),
        Column("outside", N_("Outside the plane"), "share"),
    ),
    work_of_plane,
)  # fmt: skip

ROWS = (TIME, ACCURACIES, GRADIENT, SHARP, BOTH_WAYS, MINIMA, PLANE)
EXPERIMENTS: Mapping[str, Experiment] = {row.name: row for row in ROWS}
