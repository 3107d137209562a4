"""Thoracic Mobility API: exercises, ergonomics and fitted sessions for the upper back.

Every import of this package first sets what makes its start quick; FastAPI must not be imported before.
"""

import sys
import warnings
from typing import Any, cast

from pydantic import BaseModel
from pydantic.warnings import UnsupportedFieldAttributeWarning

# A model builds its validator at its first use. A server never uses those of half of the models: they only describe
# the service in the OpenAPI document, and FastAPI's own describe the document.
BaseModel.model_config["defer_build"] = True
# FastAPI wraps each body and query so that Pydantic warns when it is built, and ignores that warning, but only at once.
warnings.filterwarnings("ignore", "The 'alias' attribute with value", UnsupportedFieldAttributeWarning)
# FastAPI asks of each parameter whether it is a model of Pydantic 1. No model is, and this import then fails at once.
cast("dict[str, Any]", sys.modules).setdefault("pydantic.v1", None)
