"""Kinds of path parameters beside those of the framework."""

from starlette.convertors import StringConvertor, register_url_convertor


class SegmentWithoutDot(StringConvertor):
    """A segment without a dot: `/v1/routines/{slug:dotless}` leaves `/v1/routines/{slug}.html` to that path."""

    regex = "[^/.]+"


register_url_convertor("dotless", SegmentWithoutDot())
