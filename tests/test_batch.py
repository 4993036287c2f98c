"""The batches around an update: orders, every example's gradient, and a batch's own surface."""

import numpy as np
import pytest

from app.analysis.anatomy import AROUND, anatomy, records
from app.analysis.batch import batch_grid, told_batches
from app.analysis.examples import example_slopes
from app.finder import critical_points
from app.limits import LIMITS
from app.sampling import epoch_order
from app.scene import Scene
from tests.asking import ask, page

PLACES = [
    "surface=two-valleys&spread=0.25&run=gd,batch:1",
    "surface=two-valleys&spread=0.25&noise=tilt&run=momentum,batch:7",
    "surface=linear-regression&run=nesterov,batch:3",
    "surface=logistic-regression&run=adam,batch:6&shuffle=once",
    "surface=himmelblau&run=gd,batch:5",
    "surface=one-neuron&run=gd",
]
every_place = pytest.mark.parametrize("place", PLACES)


def told(place, index=30):
    scene = Scene.parse(place)
    head, columns = told_batches(scene, 0, index)
    rows = columns.reshape(-1, 2, scene.examples)
    return scene, head, rows[0], rows[1:]


@every_place
def test_every_update_takes_the_batch_that_its_epoch_was_cut_into(place):
    scene, head, _, _ = told(place)
    epochs = {row["epoch"]: row["batches"] for row in head["epochs"]}
    for update in head["updates"]:
        assert update["batch"] == epochs[update["epoch"]][update["place"]]
        assert update["batch"] == anatomy_batch(scene, update["index"])
    for epoch, batches in epochs.items():
        assert batches == epoch_order(20, head["batch"], scene.shuffle, scene.seed, epoch)
        assert sorted(i for batch in batches for i in batch) == list(range(20))


def anatomy_batch(scene, index):
    return records(anatomy(scene, 0, index))[0]["batch"]


@every_place
def test_the_next_epoch_is_told_too(place):
    _, head, _, _ = told(place)
    last = head["updates"][-1]["epoch"]
    assert head["epochs"][-1]["epoch"] == last + 1
    assert head["epochs"][0]["epoch"] == head["updates"][0]["epoch"]


@every_place
def test_the_gradients_of_a_batch_average_to_its_own_and_all_to_the_full_one(place):
    _, head, _, slopes = told(place)
    for update, slope in zip(head["updates"], slopes, strict=True):
        mean = slope[:, update["batch"]].mean(axis=1)
        assert mean == pytest.approx(update["gradient"], rel=1e-9, abs=1e-12)
        assert slope.mean(axis=1) == pytest.approx(update["full"], rel=1e-9, abs=1e-12)


def test_examples_are_told_by_what_sets_them_apart():
    scene, head, numbers, _ = told("surface=linear-regression&run=gd,batch:3")
    assert head["kind"] == "data"
    assert np.array_equal(numbers, scene.ground.examples[4:])
    scene, head, numbers, _ = told("surface=booth&spread=0.5&noise=tilt&run=gd,batch:3")
    assert head["kind"] == "tilt"
    assert np.array_equal(numbers, scene.ground.examples[2:4])
    assert numbers.sum(axis=1) == pytest.approx([0, 0], abs=1e-12)


def test_without_spread_all_examples_are_one():
    _, head, numbers, slopes = told("surface=booth&run=gd,batch:3")
    assert head["kind"] == "shift"
    assert not numbers.any()
    assert (slopes == slopes[:, :, :1]).all()


def test_the_neighbours_of_an_update_are_told_as_far_as_there_are_any():
    for index, first, last in [(0, 0, AROUND), (150, 142, 158), (299, 291, 299), (300, 291, 299)]:
        _, head, _, _ = told(PLACES[0], index)
        assert [head["updates"][k]["index"] for k in (0, -1)] == [first, last]


def test_the_losses_of_an_epoch_s_batches_average_to_the_training_loss():
    scene = Scene.parse("surface=two-valleys&spread=0.4&run=gd,batch:6")
    x, y = np.linspace(-2, 2, 7), np.linspace(-1, 1, 5)
    batches = epoch_order(20, 6, "each-epoch", 7, 3)
    grids = [len(batch) / 20 * batch_grid(scene, batch, x, y) for batch in batches]
    assert sum(grids) == pytest.approx(scene.ground.grid(x, y), rel=1e-12)
    assert np.ptp(np.array(grids), axis=0).max() > 0.1


def test_stuck_on_the_training_loss_is_not_stuck_on_the_loss_of_a_batch():
    """B7b: ∇L is zero at its saddle, and no batch of one has a zero gradient there."""
    scene = Scene.parse("surface=two-valleys&spread=0.25&run=gd,batch:1")
    (saddle,) = [p for p in critical_points(scene.ground) if p.kind == "saddle"]
    slopes = example_slopes(scene, np.array([[saddle.at[0]], [saddle.at[1]]]))[:, :, 0]
    assert slopes.mean(axis=0) == pytest.approx([0, 0], abs=1e-9)
    assert np.hypot(*slopes.T).min() > 1e-3


@pytest.mark.parametrize("place", ["toy-network", "one-neuron"])
def test_at_the_origin_of_a_network_every_example_s_gradient_is_zero(place):
    """The exception of B7b: no batch leaves."""
    scene = Scene.parse(f"surface={place}&run=gd,batch:1")
    assert not example_slopes(scene, np.zeros((2, 1))).any()


async def test_the_largest_answer_fits_into_one_frame(server):
    scene = "surface=himmelblau&examples=200&spread=0.3&eta=0.0001&run=gd"
    async with page(server.ws) as socket:
        ((header, values),) = await ask(socket, 1, "batch", scene, of=0, index=100)
    assert len(values) == 2 * 200 * (2 + 2 * AROUND)
    assert len(str(header)) + values.nbytes < LIMITS["frame"]


async def test_a_ghost_over_the_socket_is_the_batch_s_loss(server):
    place, grid = PLACES[0], {"x": [-1, 1], "y": [-1, 1], "resolution": [5, 4]}
    async with page(server.ws) as socket:
        ((header, values),) = await ask(socket, 1, "ghost", place, examples=[3, 4], **grid)
    scene = Scene.parse(place)
    known = batch_grid(scene, [3, 4], np.linspace(-1, 1, 5), np.linspace(-1, 1, 4))
    assert header["shape"] == [4, 5]
    assert values.reshape(4, 5) == pytest.approx(known, rel=1e-6)


@pytest.mark.parametrize(
    ("want", "fields"),
    [
        ("batch", {"of": [0], "index": 3}),
        ("batch", {"of": 0, "index": -1}),
        ("batch", {"of": 1, "index": 3}),
        ("batch", {"of": 0, "index": 301}),
        ("batch", {"of": True, "index": 3}),
        ("ghost", {"examples": [], "x": [0, 1], "y": [0, 1], "resolution": [3, 3]}),
        ("ghost", {"examples": [20], "x": [0, 1], "y": [0, 1], "resolution": [3, 3]}),
        ("ghost", {"examples": [0.5], "x": [0, 1], "y": [0, 1], "resolution": [3, 3]}),
        ("ghost", {"examples": [0] * 501, "x": [0, 1], "y": [0, 1], "resolution": [3, 3]}),
        ("ghost", {"examples": [0], "x": [1, 1], "y": [0, 1], "resolution": [3, 3]}),
    ],
)
async def test_what_is_no_batch_is_refused_in_words(server, want, fields):
    async with page(server.ws) as socket:
        ((header, _),) = await ask(socket, 1, want, PLACES[0], **fields)
        assert header["error"]
        (found,) = await ask(socket, 2, "batch", PLACES[0], of=0, index=3)
        assert "error" not in found[0]
