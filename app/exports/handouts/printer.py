"""Makes PDF hand-outs in processes of their own: few at a time, a short queue, and kept for who asks again."""

import hashlib
from collections import OrderedDict
from importlib.util import find_spec
from typing import Final

from starlette.requests import Request

from app.exports.handouts.content import Handout
from app.exports.handouts.paper import Paper
from app.exports.handouts.pdf_file import write_pdf
from app.kit.errors import FormatUnavailable
from app.kit.work_limiter import WorkLimiter

MAX_KEPT: Final = 64
"""PDF files that are kept, of 200 kB each: those of all routines on one size of paper, twice."""
OTHER_FORMATS: Final = ("text/html", "text/csv", "text/vtt", "text/calendar")


class HandoutPrinter:
    """Makes PDF files, and keeps those that many people ask for."""

    def __init__(self, limiter: WorkLimiter) -> None:
        self.limiter = limiter
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()

    async def print_pdf(self, request: Request, handout: Handout, paper: Paper, *, is_shared: bool) -> bytes:
        """Return a hand-out as PDF. One that `is_shared` is kept: the same content is made once.

        Raises `FormatUnavailable` where the compiler is not installed, `ServiceBusy` where the queue is full, and
        `WorkerUnavailable` where processes die over it.
        """
        # The compiler is an optional extra; without it the service still answers the page to print.
        if find_spec("typst") is None:
            raise FormatUnavailable(
                "PDF needs the extra `pdf` to be installed on this server; ask for html and print it.",
                available=list(OTHER_FORMATS),
            )
        content = handout.model_dump_json()
        key = hashlib.sha256(f"{paper} {content}".encode()).digest()
        pdf = self._kept.get(key)
        if pdf is None:
            pdf = await self.limiter.run_in_process(request, write_pdf, content, paper)
        if is_shared:
            self._keep(key, pdf)
        return pdf

    def _keep(self, key: bytes, pdf: bytes) -> None:
        self._kept[key] = pdf
        self._kept.move_to_end(key)
        if len(self._kept) > MAX_KEPT:
            self._kept.popitem(last=False)
