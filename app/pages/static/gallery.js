// The choices of the gallery take effect at once and stand in the address; pictures move under the pointer or the focus.
const form = document.querySelector("[data-filters]");
const apply = () => {
  const chosen = [...new FormData(form)].filter(([, value]) => value);
  location.search = new URLSearchParams(chosen);
};
form.addEventListener("change", apply);
form.addEventListener("submit", event => {
  event.preventDefault();
  apply();
});

const move = (card, phase) => {
  for (const picture of card.querySelectorAll("img, source")) {
    const name = picture.localName === "img" ? "src" : "srcset";
    picture.setAttribute(name, picture.getAttribute(name).replace(/phase=\w+/, `phase=${phase}`));
  }
};
if (!matchMedia("(prefers-reduced-motion: reduce)").matches) {
  for (const card of document.querySelectorAll("[data-moving] > li")) {
    for (const begin of ["pointerenter", "focusin"]) card.addEventListener(begin, () => move(card, "animated"));
    for (const end of ["pointerleave", "focusout"]) card.addEventListener(end, () => move(card, "both"));
  }
}
