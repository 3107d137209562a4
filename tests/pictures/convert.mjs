// Converts every SVG file of a folder for React Native (.jsx) and for Android (.xml).
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "@svgr/core";
import jsx from "@svgr/plugin-jsx";
import svg2vectordrawable from "svg2vectordrawable";

const folder = process.argv[2];
for (const name of readdirSync(folder).filter((file) => file.endsWith(".svg"))) {
  const svg = readFileSync(join(folder, name), "utf8");
  const base = join(folder, name.slice(0, -".svg".length));
  writeFileSync(`${base}.jsx`, await transform(svg, { native: true, plugins: [jsx] }, { componentName: "Picture" }));
  writeFileSync(`${base}.xml`, await svg2vectordrawable(svg));
}
