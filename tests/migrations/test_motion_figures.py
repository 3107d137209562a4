"""Revision 0008: figures get the addresses of their motion wherever they are stored, as new records have them."""

import json
from typing import Any

import sqlalchemy as sa

from app.editing.derive import derive_figure
from app.figures.assets import list_drawn_slugs
from app.kit.database import Database
from app.rules.dose import Dose
from app.rules.muscles import ExerciseMuscles

DOSE = Dose(sets=1, reps=None, hold_s=30, breaths=None, tempo=None, rest_s=0, per_side=False)
NO_MUSCLES = ExerciseMuscles(primary=(), secondary=(), stretched=(), massaged=())
FIGURES: dict[str, Any] = {
    slug: figure.model_dump(mode="json", exclude={"hash"})
    for slug in list_drawn_slugs()
    if (figure := derive_figure([slug], DOSE, NO_MUSCLES)) is not None
}
OLD_FIELDS = ("svg", "png", "alt", "license", "credit")
INSERT = (
    "INSERT INTO change (serial, kind, slug, action, record, at)"
    " VALUES (:serial, 'exercise', 'a', :action, :record, '2026-01-02')"
)
INSERT_SESSION = (
    "INSERT INTO session (id, catalogue_serial, duration_s, request, content, personal, created_at, expires_at)"
    " VALUES ('abc', 1, 60, '{}', :content, :personal, '2026-01-02', '2027-01-02')"
)


def make_record(figure: dict[str, Any] | None) -> dict[str, Any]:
    card = {"slug": "a", "figure": figure}
    return {"figure": figure, "session": {"phases": [{"items": [{"exercise": card}]}]}}


def read_all(database: Database) -> list[Any]:
    with database.read_transaction() as transaction:
        stored = list(transaction.execute(sa.text("SELECT record FROM change ORDER BY serial")).scalars())
        stored += transaction.execute(sa.text("SELECT content FROM session")).scalars().all()
    return [json.loads(value) if isinstance(value, str) else value for value in stored]


def test_figures_get_their_motion_and_lose_it_on_the_way_down(database: Database) -> None:
    database.migrate("0007")
    new = [make_record(figure) for figure in FIGURES.values()] + [make_record(None)]
    old = [make_record({name: figure[name] for name in OLD_FIELDS}) for figure in FIGURES.values()]
    old.append(make_record(None))
    with database.transaction() as transaction:
        for serial, record in enumerate(old, start=1):
            transaction.execute(sa.text(INSERT), {"serial": serial, "action": "upsert", "record": json.dumps(record)})
        transaction.execute(sa.text(INSERT), {"serial": len(old) + 1, "action": "delete", "record": None})
        transaction.execute(sa.text(INSERT_SESSION), {"content": json.dumps(old[0]), "personal": False})
    for revision, expected in (("0008", new), ("0007", old), ("0008", new)):
        database.migrate(revision)
        assert read_all(database) == [*expected, None, expected[0]]
