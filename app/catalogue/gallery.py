"""A page that shows every exercise by position and goal: plain HTML and CSS, nothing from elsewhere."""

from html import escape

from app.catalogue.filters import GalleryFilter
from app.catalogue.snapshot import Snapshot
from app.rules.terms import TERMS
from app.schemas.exercise import Exercise

POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
STYLE = """
:root { color-scheme: light dark; --ink: #1d2733; --soft: #566573; --page: #ffffff; --card: #f4f6f8; --line: #d5dce3;
  --accent: #0f6f7c; }
@media (prefers-color-scheme: dark) {
  :root:not(.light) { --ink: #e8edf2; --soft: #a9b6c2; --page: #12181f; --card: #1b242e; --line: #34424f;
    --accent: #63c7d4; }
}
:root.light { color-scheme: light; }
:root.dark { color-scheme: dark; --ink: #e8edf2; --soft: #a9b6c2; --page: #12181f; --card: #1b242e; --line: #34424f;
  --accent: #63c7d4; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem 1rem 4rem; background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.8rem; line-height: 1.2; margin: 0 0 .3rem; }
h2 { font-size: 1.2rem; margin: 2.2rem 0 .8rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
p { max-width: 46rem; color: var(--soft); margin: .3rem 0; }
a { color: var(--accent); }
nav { display: flex; flex-wrap: wrap; gap: .4rem; margin: .6rem 0; align-items: center; }
nav span { color: var(--soft); min-width: 5rem; }
nav a { border: 1px solid var(--line); border-radius: 1rem; padding: .1rem .7rem; text-decoration: none; }
nav a[aria-current] { background: var(--accent); border-color: var(--accent); color: var(--page); }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem;
  grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); }
li { background: var(--card); border: 1px solid var(--line); border-radius: .8rem; overflow: hidden; }
li img { display: block; width: 100%; height: auto; aspect-ratio: 4 / 3; }
li div { padding: .6rem .9rem .9rem; }
li h3 { font-size: 1rem; margin: 0; }
li p { font-size: .9rem; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: .8rem; font-size: .9rem; }
"""


def page(catalogue: Snapshot, asked: GalleryFilter) -> str:
    """The whole page."""
    shown = [one for one in catalogue.exercises.records.values() if asked.goal is None or asked.goal in one.goals]
    sections = []
    for position, term in TERMS["positions"].items():
        here = [one for one in shown if one.position == position]
        if here:
            title = escape(term.label)
            cards = "\n".join(_card(one, asked.theme) for one in here)
            sections.append(f'<section id="{position}">\n<h2>{title}</h2>\n<ul>\n{cards}\n</ul>\n</section>')
    places = "".join(
        f'<a href="#{position}">{escape(term.label)}</a>'
        for position, term in TERMS["positions"].items()
        if any(one.position == position for one in shown)
    )
    return f"""<!doctype html>
<html lang="en" class="{asked.theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Exercises for the upper back</title>
<link rel="icon" type="image/png" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="gallery/style.css">
</head>
<body>
<h1>Exercises for the upper back</h1>
<p>{len(shown)} exercises, drawn by us, free to use under CC BY 4.0. General education, not medical advice.</p>
<nav aria-label="Goal"><span>Goal</span>{_goals(asked)}</nav>
<nav aria-label="Position"><span>Position</span>{places}</nav>
<nav aria-label="Colours"><span>Colours</span>{_themes(asked)}</nav>
{"".join(sections)}
<footer>Illustrations and texts: Thoracic Mobility API,
<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>. Each is to be had as SVG and PNG:
see the <a href="docs">documentation</a>.</footer>
</body>
</html>
"""


def _card(one: Exercise, theme: str) -> str:
    goals = ", ".join(TERMS["goals"][goal].label for goal in one.goals[:3])
    picture = moving = ""
    if one.figure is not None:
        picture = (
            f'<img src="{escape(one.figure.svg)}?theme={theme}" width="400" height="300" loading="lazy" '
            f'alt="{escape(one.figure.alt)}">'
        )
        moving = f' · <a href="{escape(one.figure.svg)}?phase=animated&amp;theme={theme}">moving</a>'
    return (
        f'<li id="{one.slug}">{picture}<div><h3>{escape(one.name)}</h3><p>{escape(one.summary)}</p>'
        f'<p>{escape(goals)} · level {one.level}{moving} · <a href="/v1/exercises/{one.slug}">data</a></p></div></li>'
    )


def _goals(asked: GalleryFilter) -> str:
    links = [_choice("All", None, asked.theme, asked.goal is None)]
    links += [_choice(term.label, goal, asked.theme, asked.goal == goal) for goal, term in TERMS["goals"].items()]
    return "".join(links)


def _themes(asked: GalleryFilter) -> str:
    names = {"auto": "As the device", "light": "Light", "dark": "Dark"}
    return "".join(_choice(label, asked.goal, theme, asked.theme == theme) for theme, label in names.items())


def _choice(label: str, goal: str | None, theme: str, current: bool) -> str:
    said = [f"goal={goal}"] if goal else []
    said += [f"theme={theme}"] if theme != "auto" else []
    query = "?" + "&amp;".join(said) if said else ""
    mark = ' aria-current="true"' if current else ""
    return f'<a href="gallery{query}"{mark}>{escape(label)}</a>'
