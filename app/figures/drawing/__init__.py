"""Draws the illustrations: a posed three-dimensional mannequin, projected to flat SVG. The server never imports it."""
