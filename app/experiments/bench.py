"""What a training experiment works with: the images, the network, and who judges it."""

from collections.abc import Mapping
from typing import Any

from app.experiments.digits import digits
from app.experiments.network import Judge, Judgement, Network
from app.experiments.training import Recipe, Training
from app.surfaces.data import Singles

Knobs = Mapping[str, Any]


class Bench:
    """`training` and `validation` are examples, `judges` says how well parameters do on each."""

    def __init__(self, knobs: Knobs) -> None:
        images = digits(knobs["images"], knobs["split"])
        self.knobs, self.training, self.validation = knobs, images.training, images.validation
        self.network = Network.of(images.training, knobs["hidden"], knobs["activation"])
        self.judges = Judge(self.network, images.training), Judge(self.network, images.validation)

    @property
    def seeds(self) -> range:
        return range(self.knobs["seed"], self.knobs["seed"] + self.knobs["seeds"])

    def started(self, batch: int, seed: int, **other: Any) -> Training:
        """A training with the rule, η and λ of the knobs, or others."""
        own = {name: self.knobs[name] for name in ("rule", "eta") if name in self.knobs}
        given = own | {"momentum": self.knobs["lambda"]} | other
        return Training(Recipe(self.network, batch, seed, **given), self.training)

    def judged(self, theta: Singles) -> tuple[Judgement, Judgement]:
        """On the training examples and on the validation."""
        training, validation = (judge.judgement(theta) for judge in self.judges)
        return training, validation
