"""From a request to a plan: the one way in."""

from collections.abc import Sequence

from app.catalogue.shapes import Exercise
from app.rules.conditions import ADVICE, BLOCKING
from app.rules.vocabulary import PHASES, Goal
from app.sessions.eligibility import Eligibility, manner_of, sift
from app.sessions.past import read_past
from app.sessions.plan import Caution, Coverage, Excluded, ExerciseCard, Item, PhaseBlock, Plan, Serves
from app.sessions.problem import PHASE_OF_STAGE, Choice, Problem, frame
from app.sessions.refusal import Blocked, CannotBuild, UnknownExercise
from app.sessions.request import SessionRequest
from app.sessions.score import Ordered, seconds_served
from app.sessions.search import search
from app.sessions.shelf import Shelf, shelf_of
from app.sessions.timeline import Part, timeline


def build(request: SessionRequest, exercises: Sequence[Exercise]) -> Plan:
    """A session for this request from these exercises, the same for the same request whatever their order.

    Raises `Blocked`, `UnknownExercise` or `CannotBuild`.
    """
    refuse(request)
    shelf = shelf_of(exercises)
    known(request, shelf)
    past = read_past(request, shelf, manner_of(request))
    eligibility = sift(request, shelf, past)
    missing = [slug for slug in request.include if shelf.index[slug] not in eligibility.numbers]
    if missing:
        raise CannotBuild(
            "An exercise asked for by name cannot be in this session.", [f"include:{slug}" for slug in missing]
        )
    problem = frame(request, eligibility, shelf, past)
    start = [
        Choice(min(n for n, line in enumerate(problem.lines) if line.exercise == number), 0) for number in problem.must
    ]
    chosen = search(problem, request.seed, start)
    if not chosen:
        raise CannotBuild("No exercise fits.", ["duration_s"])
    return _plan(request, shelf, eligibility, problem, chosen)


def refuse(request: SessionRequest) -> None:
    """No session where a professional must be asked first."""
    instead = [BLOCKING[condition] for condition in request.conditions if condition in BLOCKING]
    if instead:
        raise Blocked("A stated condition needs a professional's word before any session.", instead)
    if request.age_band == "under-18":
        raise Blocked(
            "Sessions are built for adults.",
            ["Under 18, ask a physiotherapist or a coach who works with young people."],
        )


def known(request: SessionRequest, shelf: Shelf) -> None:
    """Every slug of the request is in the catalogue."""
    named = [(slug, f"/include/{n}") for n, slug in enumerate(request.include)]
    named += [(slug, f"/exclude/{n}") for n, slug in enumerate(request.exclude)]
    for s, session in enumerate(request.history):
        named += [(done.slug, f"/history/{s}/items/{n}/slug") for n, done in enumerate(session.items)]
    for slug, pointer in named:
        if slug not in shelf.index:
            raise UnknownExercise(slug, pointer)


def _plan(request: SessionRequest, shelf: Shelf, eligibility: Eligibility, problem: Problem, chosen: Ordered) -> Plan:
    parts = []
    for line, option in chosen.choices:
        number = problem.lines[line].exercise
        dose = problem.lines[line].options[option].dose
        parts.append(Part(shelf.exercises[number], dose, shelf.fetches[number]))
    events, spent = timeline(parts, request.duration_s)
    total = sum(spent)
    return Plan(
        title=f"{-(-request.duration_s // 60)}-minute session",
        duration_s=total,
        purpose=request.purpose,
        seed=request.seed,
        phases=_phases(shelf, eligibility, problem, chosen.choices, spent),
        timeline=events,
        coverage=_coverage(request, problem, chosen.choices),
        funnel=eligibility.funnel,
        excluded=tuple(
            Excluded(slug=shelf.exercises[n].slug, condition=c.condition, feature=c.because, alternative=None)
            for n, c in sorted(eligibility.barred.items())
        ),
        exercises={part.exercise.slug: part.exercise for part in parts},
        shortfall_s=request.duration_s - total,
        shortfall_reason=None,
        notes=(),
        stop_rules=tuple(dict.fromkeys(rule for part in parts for rule in part.exercise.stop_rules)),
        disclaimer=parts[0].exercise.disclaimer,
        score=chosen.points,
        stored_why={part.exercise.slug: () for part in parts},
    )


def _phases(
    shelf: Shelf, eligibility: Eligibility, problem: Problem, chosen: Sequence[Choice], spent: list[int]
) -> tuple[PhaseBlock, ...]:
    blocks = []
    for p, phase in enumerate(PHASES):
        places = [n for n, c in enumerate(chosen) if PHASE_OF_STAGE[problem.lines[c.line].stage] == p]
        if places:
            items = tuple(_item(n, shelf, eligibility, problem, chosen[n], spent[n]) for n in places)
            blocks.append(PhaseBlock(phase=phase, duration_s=sum(spent[n] for n in places), items=items))
    return tuple(blocks)


def _item(n: int, shelf: Shelf, eligibility: Eligibility, problem: Problem, c: Choice, seconds: int) -> Item:
    line = problem.lines[c.line]
    number, option = line.exercise, line.options[c.option]
    served = [option.work_s * share // 1000 for share in line.serves]
    exercise = shelf.exercises[number]
    return Item(
        position_in_session=n + 1,
        exercise=ExerciseCard(slug=exercise.slug, name=exercise.name, figure=exercise.figure),
        dose=option.dose,
        duration_s=seconds,
        why=(),
        serves=tuple(Serves(goal=g, seconds=s) for g, s in zip(problem.goals, served, strict=True) if s),
        cautions=tuple(
            Caution(condition=f.condition, feature=f.because, advice=ADVICE[f.because])
            for f in eligibility.cautions.get(number, ())
        ),
    )


def _coverage(request: SessionRequest, problem: Problem, chosen: Sequence[Choice]) -> tuple[Coverage, ...]:
    seconds: dict[Goal, int] = dict.fromkeys((wish.goal for wish in request.goals), 0)
    seconds.update(zip(problem.goals, seconds_served(problem, chosen), strict=True))
    asked = sum(wish.weight for wish in request.goals)
    given = max(1, sum(seconds.values()))
    return tuple(
        Coverage(
            goal=wish.goal,
            asked_share=round(wish.weight / asked, 2),
            given_share=round(seconds[wish.goal] / given, 2),
            seconds=seconds[wish.goal],
            reason=None,
        )
        for wish in request.goals
    )
