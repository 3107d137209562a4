"""Slugs of a request as the catalogue has them now: renamed ones are followed, deleted ones are dropped or named."""

from collections.abc import Collection, Iterable

from app.changes.renames import Tombstones, follow_renames
from app.kit.value_hints import suggest_words
from app.schemas.prescription import Prescription
from app.schemas.session_request import PerformedSession, SessionRequest
from app.sessions.errors import UnknownExerciseError
from app.sessions.texts import PhraseTexts, RefusalTexts, load_texts


class SlugResolver:
    """Finds the exercises that slugs mean in one catalogue."""

    def __init__(self, slugs: Collection[str], tombstones: Tombstones | None = None) -> None:
        self.slugs = slugs
        self.tombstones = tombstones or {}

    def current_slug(self, slug: str) -> str | None:
        """Return the slug under which the exercise stands now; None where it was deleted or never existed."""
        last = self._rename_chain(slug)[-1]
        return last if last in self.slugs else None

    def resolve_request(self, request: SessionRequest) -> SessionRequest:
        """Return the request with slugs that all stand in the catalogue.

        Renamed slugs are followed. Deleted exercises are dropped from `history` and `exclude`.
        Raises `UnknownExerciseError` for a deleted exercise in `include`, and for a slug that never existed.
        """
        include = [self._require(slug, f"/include/{place}") for place, slug in enumerate(request.include)]
        exclude = [self._find(slug, f"/exclude/{place}") for place, slug in enumerate(request.exclude)]
        changes = {
            "include": tuple(dict.fromkeys(include)),
            "exclude": tuple(dict.fromkeys(slug for slug in exclude if slug is not None)),
            "history": self.resolve_history(request.history),
        }
        return request.model_copy(update=changes)

    def resolve_history(self, history: Iterable[PerformedSession]) -> tuple[PerformedSession, ...]:
        """Return earlier sessions without deleted exercises.

        Raises `UnknownExerciseError` for a slug that never existed.
        """
        resolved = []
        for session_number, session in enumerate(history):
            items = []
            for item_number, item in enumerate(session.items):
                slug = self._find(item.slug, f"/history/{session_number}/items/{item_number}/slug")
                if slug is not None:
                    items.append(item.model_copy(update={"slug": slug}))
            resolved.append(session.model_copy(update={"items": tuple(items)}))
        return tuple(resolved)

    def resolve_stored(self, request: SessionRequest, removed: Collection[str] = ()) -> SessionRequest:
        """Return a request that was stored under an earlier catalogue; `removed` slugs leave `include`.

        Raises `UnknownExerciseError`, without a pointer, where an included exercise was deleted since.
        """
        include = [self._require(slug, None) for slug in request.include if slug not in removed]
        exclude = [self.current_slug(slug) for slug in request.exclude]
        changes = {
            "include": tuple(dict.fromkeys(slug for slug in include if slug not in removed)),
            "exclude": tuple(dict.fromkeys(slug for slug in exclude if slug is not None)),
        }
        return request.model_copy(update=changes)

    def resolve_prescription(self, prescription: Prescription) -> Prescription:
        """Return a prescription with slugs that all stand in the catalogue.

        Raises `UnknownExerciseError` for a deleted exercise and for a slug that never existed.
        """
        items = [
            item.model_copy(update={"slug": self._require(item.slug, f"/items/{place}/slug")})
            for place, item in enumerate(prescription.items)
        ]
        return prescription.model_copy(update={"items": tuple(items)})

    def resolve_kept(self, slug: str, *, is_needed: bool) -> str:
        """Return the slug of today of an exercise in a stored session; a deleted one that is not needed keeps its own.

        Raises `UnknownExerciseError`, without a pointer, where one that is needed was deleted.
        """
        return self._require(slug, None) if is_needed else self.current_slug(slug) or slug

    def _find(self, slug: str, pointer: str) -> str | None:
        current = self.current_slug(slug)
        # A deleted exercise may be ignored; a slug that never existed is a mistake of the caller.
        if current is None and slug not in self.tombstones:
            raise self._error(slug, pointer)
        return current

    def _require(self, slug: str, pointer: str | None) -> str:
        current = self.current_slug(slug)
        if current is None:
            raise self._error(slug, pointer)
        return current

    def _error(self, slug: str, pointer: str | None) -> UnknownExerciseError:
        texts, (_, *names) = load_texts(RefusalTexts).slugs, self._rename_chain(slug)
        if slug not in self.tombstones:
            detail = texts.unknown.fill(slug=slug)
        elif not names:
            detail = texts.deleted.fill(slug=slug)
        else:
            detail = texts.renamed_and_deleted.fill(slug=slug, names=texts.renames.join([repr(name) for name in names]))
        similar = suggest_words([slug, *names][-1], sorted(self.slugs))
        if similar:
            detail = texts.similar.fill(detail=detail, slugs=load_texts(PhraseTexts).any_of.join(similar))
        return UnknownExerciseError(detail, slug, pointer)

    def _rename_chain(self, slug: str) -> list[str]:
        return follow_renames(slug, self.tombstones, self.slugs)
