"""What a partner may know about itself."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.kit import caching
from app.kit.request_database import DatabaseUnavailable
from app.partners.dependencies import require_scope
from app.partners.errors import InvalidKey, KeyRequired, KeysUnavailable
from app.partners.key_ring import Caller
from app.partners.partner_services import PartnerServices
from app.partners.schemas import PartnerKey

router = APIRouter(prefix="/v1/partner", tags=["Partners"])


@router.get(
    "",
    response_model=PartnerKey,
    responses=KeyRequired.openapi_responses(InvalidKey, KeysUnavailable, DatabaseUnavailable),
    summary="Get the partner of a key",
)
async def get_partner(request: Request, caller: Annotated[Caller, require_scope()]) -> Response:
    """Whose key the request has, what it allows, how much, and what it was used for.

    What is left of the rate now is in the fields `RateLimit` and `RateLimit-Policy` of every answer to the key.
    """
    partners: PartnerServices = request.app.state.partners
    expires_at = datetime.fromtimestamp(caller.expires_at, UTC) if caller.expires_at is not None else None
    key = PartnerKey(
        partner=caller.partner,
        name=caller.name,
        key_id=caller.key_id,
        scopes=sorted(caller.scopes),
        expires_at=expires_at,
        requests_per_minute=partners.rates.find_rate(caller) or None,
        use=await partners.load_use(caller),
    )
    return Response(key.model_dump_json(), media_type="application/json", headers={"Cache-Control": caching.NO_STORE})
