"""The pool: one process at a time, a queue with an end, and nothing left behind.

The processes here are small programs of this file, so that they do what a test needs.
"""

import asyncio
import os
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from app.experiments import address, pool, results
from app.experiments.pool import CRASHED, Full, Pool
from app.limits import LIMITS

WELL = """
import json, sys, time
def say(**told): print(json.dumps(told), flush=True)
def picture(part): return {"progress": part, "series": [], "rows": [[part]], "facts": {}}
say(machine={"processor": sys.argv[1], "query": sys.argv[2]})
say(picture=picture(0.5))
"""
ENDS = WELL + "say(picture=picture(1.0), done=0.25)"
STAYS = WELL + "time.sleep(60)"
BREAKS = WELL + "raise SystemExit(3)"
IS_KILLED = WELL + "import os; os.kill(os.getpid(), 9)"
RAVES = "print('this is no JSON')"
SAYS_NOTHING = "pass"


def asked(seed=0):
    return address.read("accuracy", f"seed={seed}")


@pytest.fixture(autouse=True)
def shelf(tmp_path, monkeypatch):
    """Results are kept in a folder of the test's own."""
    monkeypatch.setattr(results, "folder", lambda: tmp_path)
    return tmp_path


@asynccontextmanager
async def running(program, slots=1):
    """A pool whose experiments are this program."""
    here, before = Pool((sys.executable, "-c", program), slots), children()
    try:
        yield here
    finally:
        await here.close()
        assert not here.processes
        assert children() == before


def children():
    """Processes that this one has begun and not seen the end of."""
    told = Path(f"/proc/self/task/{os.getpid()}/children").read_text()
    return {int(pid) for pid in told.split()}


async def until(claim, seconds=20):
    async with asyncio.timeout(seconds):
        while not claim():
            await asyncio.sleep(0.01)


def wanted(here, seed=0):
    """An experiment that somebody posted."""
    job = here.ask(asked(seed))
    job.posted = True
    return job


async def test_an_experiment_runs_and_is_done():
    async with running(ENDS) as here:
        job = wanted(here)
        await until(lambda: job.state == "done")
    assert job.machine == {"processor": "accuracy", "query": ""}
    assert (job.picture["progress"], job.seconds, job.error) == (1.0, 0.25, None)
    assert job.finished.startswith("20")


async def test_the_knobs_reach_the_process():
    async with running(ENDS) as here:
        job = wanted(here, 12)
        await until(lambda: job.state == "done")
    assert job.machine["query"] == "seed=12"


async def test_figures_so_far_are_there_while_it_runs():
    async with running(STAYS) as here:
        job = wanted(here)
        await until(lambda: job.picture["progress"] == 0.5)
        assert job.state == "running"
        assert job.told()["rows"] == [[0.5]]


async def test_one_runs_and_the_others_know_their_place():
    async with running(STAYS) as here:
        jobs = [wanted(here, seed) for seed in range(3)]
        assert [job.state for job in jobs] == ["running", "queued", "queued"]
        assert [job.position for job in jobs] == [None, 1, 2]
        here.withdraw(jobs[0])
        await until(lambda: jobs[1].state == "running")
        assert (jobs[0].state, jobs[2].position) == ("cancelled", 1)


async def test_two_run_where_the_setting_says_so():
    async with running(STAYS, slots=2) as here:
        jobs = [wanted(here, seed) for seed in range(3)]
        await until(lambda: len(here.processes) == 2)
        assert [job.state for job in jobs] == ["running", "running", "queued"]


async def test_the_same_address_is_one_experiment():
    async with running(ENDS) as here:
        jobs = {wanted(here) for _ in range(300)}
        assert len(jobs) == 1
        (job,) = jobs
        await until(lambda: job.state == "done")
        assert here.ask(asked()) is job


async def test_a_full_queue_says_so(monkeypatch):
    monkeypatch.setitem(LIMITS, "waiting", 2)
    async with running(STAYS) as here:
        for seed in range(3):
            wanted(here, seed)
        with pytest.raises(Full, match="2 experiments are waiting already"):
            here.ask(asked(3))
        assert here.ask(asked(1)).state == "queued"


async def test_giving_up_ends_the_process_within_a_second():
    async with running(STAYS) as here:
        job = wanted(here)
        await until(lambda: job in here.processes)
        process = here.processes[job]
        here.withdraw(job)
        assert job.state == "cancelled"
        await until(lambda: not here.processes, seconds=1)
        assert process.returncode is not None
        again = wanted(here)
        assert again is not job
        assert again.state == "running"


async def test_a_changed_mind_costs_no_process(monkeypatch):
    begun = []
    real = asyncio.create_subprocess_exec

    def counted(*command, **options):
        begun.append(command[-1])
        return real(*command, **options)

    monkeypatch.setattr(pool.asyncio, "create_subprocess_exec", counted)
    async with running(ENDS) as here:
        for seed in range(1, 20):
            here.withdraw(wanted(here, seed))
        job = wanted(here, 20)
        await until(lambda: job.state == "done")
    assert begun == ["seed=20"]


async def test_a_queued_experiment_can_be_given_up():
    async with running(STAYS) as here:
        first, second, third = (wanted(here, seed) for seed in range(3))
        here.withdraw(second)
        assert (second.state, second.position, third.position) == ("cancelled", None, 1)
        assert first.state == "running"


@pytest.mark.parametrize(
    "program", [BREAKS, IS_KILLED, RAVES, SAYS_NOTHING], ids=["breaks", "killed", "raves", "silent"]
)
async def test_a_process_that_breaks_down_fails_and_the_next_one_runs(program):
    async with running(program) as here:
        job, other = wanted(here), wanted(here, 1)
        await until(lambda: job.state == "failed")
        assert job.error == CRASHED
        await until(lambda: other.state == "failed")
        here.command = (sys.executable, "-c", ENDS)
        again = wanted(here)
        await until(lambda: again.state == "done")


async def test_a_program_that_is_not_there_fails():
    here = Pool(("/no/such/program",), 1)
    job = wanted(here)
    await until(lambda: job.state == "failed")
    await here.close()


async def test_what_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setitem(LIMITS, "experiment", 1)
    async with running(STAYS) as here:
        job = wanted(here)
        await until(lambda: job.state == "failed")
        assert job.error == "it took longer than 1 seconds; smaller knobs need less"
        await until(lambda: not here.processes)


async def test_closing_ends_everything():
    here, before = Pool((sys.executable, "-c", STAYS), 2), children()
    jobs = [wanted(here, seed) for seed in range(4)]
    await until(lambda: len(here.processes) == 2)
    await here.close()
    assert not here.processes
    assert children() == before
    assert not here.queue
    assert jobs[0].state == "cancelled"


# Followers.


async def test_who_follows_hears_of_every_change_and_keeps_it_going():
    heard = []
    async with running(ENDS) as here:
        job = here.ask(asked())
        job.followers.append(lambda job: heard.append((job.state, job.picture["progress"])))
        await until(lambda: job.state == "done")
    assert heard[-1] == ("done", 1.0)
    assert ("done", 1.0) in heard


async def test_the_last_one_to_leave_ends_it():
    async with running(STAYS) as here:
        job, one, other = here.ask(asked()), print, repr
        job.followers += [one, other]
        await until(lambda: job in here.processes)
        job.followers.remove(one)
        here.release(job)
        assert job.state == "running"
        job.followers.remove(other)
        here.release(job)
        assert job.state == "cancelled"


async def test_what_was_posted_goes_on_when_a_page_leaves_and_the_other_way_round():
    async with running(STAYS) as here:
        job = wanted(here)
        job.followers.append(print)
        job.followers.remove(print)
        here.release(job)
        assert job.state == "running"
        job.followers.append(lambda job: None)
        here.withdraw(job)
        assert job.state == "running"


async def test_many_followers_get_fewer_pictures(monkeypatch):
    """As many bytes a second as the limit says, whoever many follow."""
    waits = []
    loop = asyncio.get_running_loop()
    monkeypatch.setattr(loop, "call_later", lambda wait, due: waits.append(wait))
    job = pool.Job(asked(), "running")
    job.drawn({"progress": 0.1}, 10_000)
    for many in (1, 300, 3000):
        job.later, job.followers = None, [print] * many
        job.drawn({"progress": 0.2}, 10_000)
    assert waits == [0, pool.BETWEEN, 300 * 10_000 / 2_000_000, 15]


# Results that are kept.


async def test_a_result_outlives_its_server(shelf):
    async with running(ENDS) as here:
        job = wanted(here, 3)
        await until(lambda: job.state == "done")
    async with running(BREAKS) as other:
        found = other.ask(asked(3))
    assert found is not job
    assert found.told() | {"version": 0} == job.told() | {"version": 0}
    assert [path.name[:9] for path in shelf.iterdir()] == ["accuracy-"]


async def test_only_what_is_done_is_kept(shelf):
    async with running(BREAKS) as here:
        job = wanted(here)
        await until(lambda: job.state == "failed")
    assert not list(shelf.iterdir())
    assert Pool().known(asked()) is None


RESULT = {"picture": {"progress": 1}, "machine": {}, "seconds": 1.0, "finished": "2026"}


def test_what_was_not_asked_for_longest_is_forgotten(shelf, monkeypatch):
    monkeypatch.setitem(LIMITS, "results", 3)
    for seed in range(3):
        results.keep(asked(seed), RESULT)
        os.utime(results.place(asked(seed)), (seed, seed))
    assert results.kept(asked(0)) == RESULT | {"address": "/api/experiments/accuracy"}
    results.keep(asked(3), RESULT)
    assert [results.kept(asked(seed)) is not None for seed in range(4)] == [True, False, True, True]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"address": "/api/experiments/time"}'])
def test_a_damaged_result_is_no_result(text):
    results.keep(asked(), RESULT)
    results.place(asked()).write_text(text)
    assert results.kept(asked()) is None


def test_where_nothing_can_be_written_nothing_breaks(tmp_path, monkeypatch):
    blocked = tmp_path / "a file"
    blocked.write_text("")
    monkeypatch.setattr(results, "folder", lambda: blocked)
    results.keep(asked(), RESULT)
    assert results.kept(asked()) is None


def test_a_result_belongs_to_what_decides_its_numbers(monkeypatch):
    results.fingerprint.cache_clear()
    before = results.fingerprint()
    monkeypatch.setattr(results, "machine", lambda: {"processor": "another"})
    results.fingerprint.cache_clear()
    assert results.fingerprint() != before
    results.fingerprint.cache_clear()


async def test_memory_forgets_what_is_over(monkeypatch):
    monkeypatch.setitem(LIMITS, "results", 2)
    async with running(ENDS) as here:
        for seed in range(4):
            job = wanted(here, seed)
            await until(lambda job=job: job.state == "done" and not here.processes)
        assert [*here.jobs] == [asked(seed).address for seed in (1, 2, 3)]  # the open one beside
