// Tells the page around the frame how high the card is, so that it can give it the room.
const tellHeight = () => {
  const height = Math.ceil(document.querySelector("main").getBoundingClientRect().height);
  window.parent.postMessage({ type: "thoracic-mobility:height", height }, "*");
};

if (window.parent !== window) {
  new ResizeObserver(tellHeight).observe(document.querySelector("main"));
}
