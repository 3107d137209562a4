// Prints the values of FHIRPath expressions: node evaluate.mjs FILE, which holds a JSON list of them.
import { readFileSync } from "node:fs";
import fhirpath from "fhirpath";
import r5 from "fhirpath/fhir-context/r5/index.js";

const expressions = JSON.parse(readFileSync(process.argv[2], "utf8"));
console.log(JSON.stringify(expressions.map((expression) => String(fhirpath.evaluate({}, expression, {}, r5)[0]))));
