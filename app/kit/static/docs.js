const dark = window.matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

// The document names a local address in its requests to copy; here they name the address that the page is read at.
const here = new URL(".", location.href).href.replace(/\/$/, "");
const showOwnAddress = answer => {
  if (answer.url.endsWith("/openapi.json") && answer.text) {
    answer.text = answer.text.replaceAll("http://127.0.0.1:8000", here);
  }
  return answer;
};

// Swagger UI shows an SVG answer as text, and linked examples not at all; people want to see the picture.
const isPicture = mediaType => /^image\//.test(mediaType ?? "");
const drawSvg = text => URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
const showPictures = () => ({
  wrapComponents: {
    responseBody: (Original, system) => props => {
      const h = system.React.createElement;
      const text = h(Original, props);
      if (!/^image\/svg/.test(props.contentType ?? "") || typeof props.content !== "string") return text;
      return h("div", null, h("img", { src: drawSvg(props.content), alt: "The answer, drawn", className: "drawing" }), text);
    },
    modelExample: (Original, system) => props => {
      const h = system.React.createElement;
      const place = props.specPath?.butLast(); // of the media type, without "schema"
      const content = place && system.specSelectors.specJson().getIn(place);
      const address = content?.get("x-linked-example");
      const drawn = isPicture(place?.last()) && typeof content?.get("example") === "string" && content.get("example");
      if (!address && !drawn) return h(Original, props);
      if (!isPicture(place.last())) return h("p", null, h("a", { href: address, target: "_blank" }, address));
      const picture = { src: drawn ? drawSvg(drawn) : address, alt: "The example, drawn", className: "drawing", loading: "lazy" };
      return h("img", picture);
    },
  },
});

// Swagger UI has a landmark for the operations only; screen readers jump to the introduction and the filter by these.
const addLandmarks = () => {
  document.querySelector(".information-container")?.setAttribute("role", "banner");
  document.querySelector(".filter")?.setAttribute("role", "search");
};

const addCopyButtons = () => {
  if (!navigator.clipboard) return;
  for (const block of document.querySelectorAll(".info .renderedMarkdown pre")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(block.querySelector("code").textContent.trim());
      button.textContent = "Copied";
    });
    block.append(button);
  }
};

// Colours for a text of this many characters take a moment; for a whole page or catalogue they would take a minute.
const MAX_COLOURED_LENGTH = 8000;
const colourShortTexts = () => ({
  wrapComponents: {
    SyntaxHighlighter: (Original, system) => props => {
      const h = system.React.createElement;
      if (String(props.children ?? "").length <= MAX_COLOURED_LENGTH) return h(Original, props);
      return h("pre", { className: "microlight" }, props.children);
    },
  },
});

window.ui = SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  filter: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  defaultModelExpandDepth: 0,
  defaultModelRendering: "example",
  docExpansion: "list",
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
  plugins: [showPictures, colourShortTexts],
  responseInterceptor: showOwnAddress,
  onComplete: () => { addLandmarks(); addCopyButtons(); },
});
