// Prints when the events of calendar files begin, as a JavaScript library reads them: {"file.ics": [epoch seconds]}.
// node javascript_readers.mjs (ical.js | node-ical) FOLDER FROM TO; FROM and TO are epoch seconds.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import ICAL from "ical.js";
import nodeIcal from "node-ical";

const [reader, folder, from, to] = process.argv.slice(2);
const [first, last] = [Number(from), Number(to)];

function readWithIcalJs(text) {
  ICAL.TimezoneService.reset(); // the zone comes from the file, not from one read before
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const starts = [];
  for (const component of calendar.getAllSubcomponents("vevent")) {
    const occurrences = new ICAL.Event(component).iterator();
    for (let time = occurrences.next(); time && time.toUnixTime() < last; time = occurrences.next()) {
      if (time.toUnixTime() >= first) starts.push(time.toUnixTime());
    }
  }
  return starts;
}

function readWithNodeIcal(text) {
  const range = { from: new Date(first * 1000), to: new Date(last * 1000 - 1) };
  return Object.values(nodeIcal.sync.parseICS(text))
    .filter((component) => component.type === "VEVENT")
    .flatMap((event) => nodeIcal.expandRecurringEvent(event, range))
    .map((occurrence) => Math.round(occurrence.start.getTime() / 1000));
}

const read = { "ical.js": readWithIcalJs, "node-ical": readWithNodeIcal }[reader];
const files = readdirSync(folder).filter((name) => name.endsWith(".ics"));
const answer = files.map((name) => [name, read(readFileSync(join(folder, name), "utf8"))]);
console.log(JSON.stringify(Object.fromEntries(answer)));
