// Reports where FHIR resources break the rules of their official definitions: elements, how often, and invariants,
// also those that are warnings. Invariants are evaluated by HL7's own engine for FHIRPath.
//
// node validate.mjs DEFINITIONS RESOURCES: a folder with a StructureDefinition of each type, and a file with a JSON list.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fhirpath from "fhirpath";
import r5 from "fhirpath/fhir-context/r5/index.js";

const [folder, resourcesFile] = process.argv.slice(2);
const structures = new Map();
const expressions = new Map();
const faults = [];
const SILENT = { traceFn: () => {} };

function loadStructure(type) {
  if (!structures.has(type)) {
    const definition = JSON.parse(readFileSync(join(folder, `${type.toLowerCase()}.json`), "utf8"));
    const elements = new Map(definition.snapshot.element.map((element) => [element.path, element]));
    structures.set(type, { elements, kind: definition.kind });
  }
  return structures.get(type);
}

function listChildren(elements, path) {
  const start = `${path}.`;
  return [...elements.values()].filter(
    (element) => element.path.startsWith(start) && !element.path.slice(start.length).includes("."),
  );
}

function checkInvariants(element, value, place, context) {
  for (const rule of element.constraint ?? []) {
    // That a text or a number has a value is seen without an expression.
    if (!rule.expression || typeof value !== "object") continue;
    // What is contained is told by the narrative of what contains it.
    if (rule.key === "dom-6" && context.root !== context.resource) continue;
    const key = `${element.path} ${rule.expression}`;
    try {
      if (!expressions.has(key)) {
        expressions.set(key, fhirpath.compile({ base: element.path, expression: rule.expression }, r5, SILENT));
      }
      const environment = { resource: context.resource, rootResource: context.root };
      if (expressions.get(key)(value, environment)[0] === false) faults.push(`${place}: ${rule.key}: ${rule.human}`);
    } catch (error) {
      faults.push(`${place}: ${rule.key} cannot be evaluated: ${error.message}`);
    }
  }
}

// Returns what is given for a child: its key, its type, its values. `value[x]` is given as `valueString` or the like.
function findGiven(child, value) {
  const name = child.path.split(".").at(-1);
  for (const type of child.type ?? [{ code: null }]) {
    const code = type.code?.replace("http://hl7.org/fhirpath/System.String", "string") ?? null;
    const key = name.endsWith("[x]") ? name.slice(0, -3) + code[0].toUpperCase() + code.slice(1) : name;
    if (key in value) return { key, code, values: [value[key]].flat(), isList: Array.isArray(value[key]) };
  }
  return null;
}

function checkElement(elements, path, value, place, context) {
  const known = new Set(["resourceType"]);
  for (const child of listChildren(elements, path)) {
    const given = findGiven(child, value);
    if (given === null) {
      if (child.min > 0) faults.push(`${place}: ${child.path} is missing`);
      continue;
    }
    known.add(given.key);
    if (given.isList !== (child.base.max !== "1")) faults.push(`${place}.${given.key}: a list or not`);
    if (given.values.length < child.min) faults.push(`${place}.${given.key}: too few`);
    given.values.forEach((item, index) => {
      checkValue(elements, child, given.code, item, `${place}.${given.key}[${index}]`, context);
    });
  }
  for (const key of Object.keys(value)) if (!known.has(key)) faults.push(`${place}.${key}: not an element`);
}

function checkValue(elements, element, code, value, place, context) {
  if (value === null || value === "") faults.push(`${place}: empty`);
  if (code === "Resource") return checkResource(value, place, context.isBundle ? null : context.root);
  checkInvariants(element, value, place, context);
  if (element.contentReference) {
    return checkElement(elements, element.contentReference.split("#")[1], value, place, context);
  }
  if (code === "BackboneElement" || code === "Element") return checkElement(elements, element.path, value, place, context);
  const structure = loadStructure(code);
  if (structure.kind === "primitive-type") {
    if (typeof value === "object") faults.push(`${place}: not a ${code}`);
    return undefined;
  }
  checkInvariants(structure.elements.get(code), value, place, context);
  return checkElement(structure.elements, code, value, place, context);
}

function checkResource(resource, place, root) {
  const type = resource.resourceType;
  const { elements } = loadStructure(type);
  const context = { resource, root: root ?? resource, isBundle: type === "Bundle" };
  checkInvariants(elements.get(type), resource, `${place}/${type}`, context);
  checkElement(elements, type, resource, `${place}/${type}`, context);
}

const resources = JSON.parse(readFileSync(resourcesFile, "utf8"));
resources.forEach((resource, index) => checkResource(resource, String(index), null));
console.log(JSON.stringify({ checked: resources.length, rules: expressions.size, faults }));
