"""Averaging along the path: a second point that the run itself does not know of."""

import numpy as np
import pytest

from app.analysis import shares
from app.analysis.ensembles import cases, ensemble, ensembles
from app.averages import average, running_means
from app.descent import walk
from app.figures import figures
from app.rules import RULES
from app.scene import Scene, SceneError

NOISY = "surface=two-valleys&spread=0.25&updates=200"


def test_it_is_the_mean_of_the_points_from_its_update_on():
    scene = Scene.parse(f"{NOISY}&run=gd,batch:1,average:120")
    (path,) = walk(scene)
    found = average(scene, path)
    assert found.first == 120
    assert found.at == pytest.approx(path.theta[120:].mean(axis=0))
    loss = scene.ground.slopes([found.at[0]], [found.at[1]])[0, 0]
    assert found.loss == loss


def test_every_update_has_one():
    (path,) = walk(Scene.parse(f"{NOISY}&run=gd,batch:1"))
    means = running_means(path.track, 50)
    assert means.shape == (2, 151)
    assert means[:, 0].tolist() == path.theta[50].tolist()
    for t in (51, 80, 200):
        assert means[:, t - 50] == pytest.approx(path.theta[50 : t + 1].mean(axis=0))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_it_changes_nothing_about_the_run(rule):
    plain, asked = walk(Scene.parse(f"{NOISY}&run={rule.name}&run={rule.name},average:0"))
    assert plain.track.tolist() == asked.track.tolist()
    assert plain.outcome == asked.outcome


def test_where_a_run_asks_for_none_or_does_not_come_so_far_there_is_none():
    scene = Scene.parse(
        f"{NOISY}&run=gd&run=gd,average:201&run=gd,average:200&run=gd,eta:9,average:150"
    )
    told = [figures(scene, path)["average"] for path in walk(scene)]
    assert told[:2] == [None, None]
    assert told[2]["from"] == 200
    assert told[3] is None  # it diverged before


@pytest.mark.parametrize("given", ["-1", "1.5", "x", "", "100001"])
def test_its_update_is_a_whole_number(given):
    with pytest.raises(SceneError, match="average"):
        Scene.parse(f"{NOISY}&run=gd,average:{given}")


def test_many_seeds_have_the_averages_of_their_walks():
    scene = Scene.parse(f"{NOISY}&run=gd,batch:2,average:100")
    found = ensemble(scene, 0, 70, 2)
    (path,) = walk(scene)
    assert found.mean[:, 0] == pytest.approx(average(scene, path).at)
    assert np.isnan(ensemble(Scene.parse(f"{NOISY}&run=gd"), 0, 3, 2).mean).all()


# On canyon and basin, over 1,000 seeds.

CANYON = "surface=canyon-and-basin&start=1.3,0.9&spread=0.2&updates=600"


def rows(eta, batches):
    scene = Scene.parse(f"{CANYON}&eta={eta}&run=gd,average:100")
    *_, found = ensembles(cases(scene, 0, batches, []), 1000)
    return shares.told(scene, found).rows


def test_the_average_of_a_rattling_run_lies_far_lower_than_its_end():
    (row,) = rows(0.05, [1])
    floor = Scene.parse(CANYON).ground.slopes([1.2], [0.0])[0, 0]
    end, mean = (row["losses"][which]["median"] - floor for which in ("end", "average"))
    assert mean < 0.02 * end


def test_averaging_finds_no_other_minimum():
    """It averages where the run goes anyway: never more seeds in the basin than without."""
    for eta in (0.05, 0.08, 0.1):
        for row in rows(eta, [1, 20]):
            flat = min(row["minima"], key=lambda m: m["at"][0])
            assert flat["average"]["share"] <= flat["catchment"]["share"]
