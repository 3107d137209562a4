"""Slugs of a request as the catalogue has them now: renamed ones are followed, deleted ones are dropped or named."""

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches

from app.schemas.session_request import PerformedSession, SessionRequest
from app.sessions.errors import UnknownExercise

Tombstones = Mapping[str, str | None]
"""For each slug that is gone, the slug that replaced it; None where the record was deleted."""


class SlugResolver:
    """Finds what a slug means in this catalogue."""

    def __init__(self, slugs: Collection[str], tombstones: Tombstones) -> None:
        self.slugs = slugs
        self.tombstones = tombstones

    def current(self, slug: str) -> str | None:
        """The slug under which the exercise stands now; None where it was deleted or never was."""
        last = self._chain(slug)[-1]
        return last if last in self.slugs else None

    def resolve_request(self, request: SessionRequest) -> SessionRequest:
        """The request with slugs that all stand in the catalogue.

        Renamed slugs are followed. Exercises that were deleted are dropped from `history` and `exclude`.
        Raises `UnknownExercise` for a deleted one in `include`, and for a slug that never was.
        """
        include = [self._required(slug, f"/include/{n}") for n, slug in enumerate(request.include)]
        exclude = [self._optional(slug, f"/exclude/{n}") for n, slug in enumerate(request.exclude)]
        changed = {
            "include": tuple(dict.fromkeys(include)),
            "exclude": tuple(dict.fromkeys(slug for slug in exclude if slug is not None)),
            "history": self.resolve_history(request.history),
        }
        return request.model_copy(update=changed)

    def resolve_history(self, history: Iterable[PerformedSession]) -> tuple[PerformedSession, ...]:
        """Earlier sessions without what was deleted since. Raises `UnknownExercise` for a slug that never was."""
        resolved = []
        for s, session in enumerate(history):
            items = []
            for n, item in enumerate(session.items):
                slug = self._optional(item.slug, f"/history/{s}/items/{n}/slug")
                if slug is not None:
                    items.append(item.model_copy(update={"slug": slug}))
            resolved.append(session.model_copy(update={"items": tuple(items)}))
        return tuple(resolved)

    def resolve_stored(self, request: SessionRequest, without: Collection[str] = ()) -> SessionRequest:
        """A request that was stored under an earlier catalogue; exercises of `without` are no longer asked for.

        Raises `UnknownExercise`, without a pointer, where an exercise of `include` was deleted since.
        """
        include = [self._required(slug, None) for slug in request.include if slug not in without]
        exclude = [self.current(slug) for slug in request.exclude]
        changed = {
            "include": tuple(dict.fromkeys(slug for slug in include if slug not in without)),
            "exclude": tuple(dict.fromkeys(slug for slug in exclude if slug is not None)),
        }
        return request.model_copy(update=changed)

    def _optional(self, slug: str, pointer: str) -> str | None:
        found = self.current(slug)
        if found is None and slug not in self.tombstones:
            raise self._unknown(slug, pointer)
        return found

    def _required(self, slug: str, pointer: str | None) -> str:
        found = self.current(slug)
        if found is None:
            raise self._unknown(slug, pointer)
        return found

    def _unknown(self, slug: str, pointer: str | None) -> UnknownExercise:
        chain = self._chain(slug)
        near = get_close_matches(chain[-1], sorted(self.slugs), 2, 0.75)
        return UnknownExercise(slug, pointer, near, deleted=slug in self.tombstones, renamed_to=tuple(chain[1:]))

    def _chain(self, slug: str) -> list[str]:
        """The slug and the names that it was given one after the other."""
        chain = [slug]
        while chain[-1] not in self.slugs:
            following = self.tombstones.get(chain[-1])
            if following is None or following in chain:
                break
            chain.append(following)
        return chain
