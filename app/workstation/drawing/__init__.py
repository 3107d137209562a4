"""Draws the fitted workstation from the side, as SVG."""
