"""The fitted workstation as an SVG drawing."""
