"""The illustrations: a posed three-dimensional mannequin, projected to flat SVG."""
