// Prints what a library for oEmbed reads of pages: it finds the provider in the page, as for a site that it does not know.
import { extract } from "@extractus/oembed-extractor";

const answers = [];
for (const address of process.argv.slice(2)) answers.push(await extract(address, { maxwidth: 400 }));
console.log(JSON.stringify(answers));
