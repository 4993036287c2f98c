"""Experiments computed ahead of a lesson: what is said, what is kept, and the exit code."""

import io
import subprocess
import sys
from functools import partial

import pytest

from app.experiments import address, ahead, results
from app.experiments.ahead import FAILED, MISUSED, WELL, compute
from app.experiments.pool import CRASHED, Pool
from app.experiments.table import EXPERIMENTS
from app.settings import PROJECT
from tests.test_experiments import TINY
from tests.test_pool import ENDS

QUICK = f"gradient?{TINY['gradient']}"


@pytest.fixture(autouse=True)
def shelf(tmp_path, monkeypatch):
    """Results are kept in a folder of the test's own."""
    monkeypatch.setattr(results, "folder", lambda: tmp_path)
    return tmp_path


@pytest.fixture
def programs(monkeypatch):
    """Experiments are this program instead."""

    def become(program):
        command = (sys.executable, "-c", program)
        monkeypatch.setattr(ahead, "Pool", partial(Pool, command))

    return become


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_named_experiment_is_run_and_kept(shelf):
    out = io.StringIO()
    assert compute([QUICK], out) == WELL
    (line,) = out.getvalue().splitlines()
    assert line.split()[0] == address.read("gradient", TINY["gradient"]).address.rpartition("/")[2]
    assert "done in" in line
    kept = results.kept(address.read("gradient", TINY["gradient"]))
    assert kept["picture"]["progress"] == 1


def test_what_is_kept_is_not_run_again(programs):
    assert compute([QUICK], io.StringIO()) == WELL
    programs("raise SystemExit(3)")
    assert compute([QUICK], io.StringIO()) == WELL


def test_without_names_all_are_run_at_their_defaults(programs, shelf):
    programs(ENDS)
    out = io.StringIO()
    assert compute([], out) == WELL
    assert [line.split()[0] for line in out.getvalue().splitlines()] == list(EXPERIMENTS)
    assert all(results.kept(address.read(name, "")) for name in EXPERIMENTS)


def test_one_that_fails_is_told_and_the_others_are_run_all_the_same(programs):
    programs("import sys\nif sys.argv[1] == 'time': raise SystemExit(3)\n" + ENDS)
    out = io.StringIO()
    assert compute(["time", "accuracy"], out) == FAILED
    first, second = out.getvalue().splitlines()
    assert CRASHED in first
    assert "done in" in second


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["alchemy"], "no experiment alchemy; there are time, accuracy"),
        (["sharp?eta=99"], "eta: “99” is not possible"),
        (["time", "both?frogs=1"], "frogs: “1” is not possible"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_run(programs, capsys, names, words):
    programs("raise SystemExit(3)")
    out = io.StringIO()
    assert compute(names, out) == MISUSED
    assert out.getvalue() == ""
    assert capsys.readouterr().err.startswith(words)


def test_a_terminal_sees_how_far_it_is(programs):
    programs(ENDS)
    out = Terminal()
    compute(["time"], out)
    first, *_, last = out.getvalue().split("\r")[1:]
    assert "0%" in first
    assert last.endswith("\n")
    assert "█" * 24 in last


def test_the_command_ends_with_the_exit_code():
    command = [sys.executable, "-m", "app", "experiments", "alchemy"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, timeout=120, check=False)
    assert done.returncode == MISUSED
    assert done.stderr.decode().startswith("no experiment alchemy")
