"""Query parameters that many routes share, as FastAPI takes them."""

from typing import Annotated

from fastapi import Query

from app.kit.query import FieldsOnly, NoParameters

Nothing = Annotated[NoParameters, Query()]
Fields = Annotated[FieldsOnly, Query()]
