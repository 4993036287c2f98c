"""Pages that follow an experiment over their socket: what they asked for and what they are told.

The pool runs experiments, the socket carries frames; this room is between them. Every picture
is written once, however many pages follow.
"""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from app.experiments import address
from app.experiments.pool import Full, Job, Pool
from app.frames import addressed, listed_answer, refusal
from app.questions import Frames, Question
from app.scene import Problem, SceneError

WANT = "experiment"
WRITTEN: WeakKeyDictionary[Job, tuple[int, Frames]] = WeakKeyDictionary()


@dataclass(eq=False)
class Following:
    """One page and the experiment it follows."""

    pool: Pool
    job: Job
    question: Question

    def tell(self, job: Job) -> None:
        self.question.answer(self.question, addressed(frames(job), self.question.id))

    def leave(self) -> None:
        """This page does not want it any more."""
        self.job.followers.remove(self.tell)
        self.pool.release(self.job)


def follow(pool: Pool, question: Question) -> Following | None:
    """Begins or joins an experiment and answers again and again; None where it is refused."""
    try:
        asked = address.read(question.fields[WANT], question.fields.get("knobs", ""))
        following = Following(pool, pool.ask(asked), question)
    except (SceneError, Full) as wrong:
        refuse(question, str(wrong), wrong.problems if isinstance(wrong, SceneError) else [])
        return None
    following.job.followers.append(following.tell)
    following.tell(following.job)
    return following


def left(question: Question, before: Following | None) -> None:
    """Answers a question for no experiment: what became of the one that was followed."""
    if before is None:
        refuse(question, "no experiment was followed", [])
    else:
        question.answer(question, addressed(frames(before.job), question.id))


def refuse(question: Question, error: str, problems: list[Problem]) -> None:
    question.answer(question, [refusal(question.id, WANT, error, problems)])


def frames(job: Job) -> Frames:
    """The experiment as it is, in frames; written once for all who follow."""
    version, written = WRITTEN.get(job, (-1, []))
    if version != job.version:
        head = job.told()
        series = head.pop("series")
        written = listed_answer(0, WANT, head, "series", series)
        WRITTEN[job] = job.version, written
    return written
