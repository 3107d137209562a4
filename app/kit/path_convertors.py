"""Kinds of path parameters beside those of the framework."""

from starlette.convertors import StringConvertor, register_url_convertor


class SegmentOfNoPage(StringConvertor):
    """A segment that is not of a page: `/v1/routines/{slug:no_page}` leaves `/v1/routines/{slug}.html` to that path.

    Any other text is a slug, right or wrong: a wrong one is told as such, not as a method that is not allowed.
    """

    regex = r"(?![^/]*\.html$)[^/]+"


register_url_convertor("no_page", SegmentOfNoPage())
