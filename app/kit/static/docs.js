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

// Swagger UI shows an SVG answer as text; people want to see the picture.
const showDrawings = () => ({
  wrapComponents: {
    responseBody: (Original, system) => props => {
      const h = system.React.createElement;
      const text = h(Original, props);
      if (!/^image\/svg/.test(props.contentType ?? "") || typeof props.content !== "string") return text;
      const drawing = URL.createObjectURL(new Blob([props.content], { type: "image/svg+xml" }));
      return h("div", null, h("img", { src: drawing, alt: "The answer, drawn", className: "drawing" }), text);
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

window.ui = SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  filter: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  defaultModelExpandDepth: 0,
  defaultModelRendering: "model",
  docExpansion: "list",
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
  plugins: [showDrawings],
  responseInterceptor: showOwnAddress,
  onComplete: () => { addLandmarks(); addCopyButtons(); },
});
