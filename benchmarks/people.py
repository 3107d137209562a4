"""Print the sessions of forty people for a reader to judge: `python -m benchmarks.people [first] [last]`.

`people.yaml` describes each person in a sentence, with the request that the person would send.
"""

import sys
from pathlib import Path

import yaml

from app.schemas.session_request import SessionRequest
from app.sessions.build import build_session
from app.sessions.errors import InfeasibleRequestError, SessionBlockedError
from app.sessions.printout import format_session
from benchmarks.catalogues import index_of, seed_exercises

PEOPLE_FILE = Path(__file__).with_name("people.yaml")


def format_person_session(request: SessionRequest) -> str:
    """Return the printed session of a request, or the refusal with its suggestions."""
    try:
        return format_session(build_session(request, index_of(seed_exercises())))
    except (InfeasibleRequestError, SessionBlockedError) as error:
        return "\n".join([str(error), *getattr(error, "suggestions", ()), *getattr(error, "instead", ())])


def main() -> None:
    """Print the persons with the numbers first to last, counted from 1."""
    people = yaml.safe_load(PEOPLE_FILE.read_text(encoding="utf-8"))
    first, last = (int(sys.argv[1]), int(sys.argv[-1])) if len(sys.argv) > 1 else (1, len(people))
    for number, person in enumerate(people[first - 1 : last], first):
        print(f"{'=' * 100}\n{number}. {person['who']}\n")
        print(format_person_session(SessionRequest.model_validate(person["request"])))


if __name__ == "__main__":
    main()
