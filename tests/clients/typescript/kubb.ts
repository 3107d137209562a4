// The round with kubb and its fetch client.
import assert from "node:assert/strict";
import * as api from "./client";
import { setConfig } from "./client/.kubb/fetch";

// This client names no type of a body unless told, and reads every answer as JSON: pictures are for an <img>.
setConfig({ baseURL: process.env.BASE_URL, headers: { "Content-Type": "application/json" } });

async function readCatalogue() {
  const list = await api.listExercises({
    goal: ["rotation"], position: ["seated"], available_equipment: ["chair"], limit: 2,
  });
  assert.equal(list.items.length, 2);
  assert.ok(list.items.every((exercise) => exercise.goals.includes("rotation")));

  const one = await api.getExercise("open-book");
  assert.equal(one.name, "Open book");
  assert.deepEqual(await api.getPartialExercise("open-book", { fields: ["name"] }), { name: "Open book" });
  const routine = await api.getRoutine("desk-break-1-min");
  assert.ok(routine.session.timeline.length > 0);
}

async function buildAndSwap() {
  const built = await api.createSession({
    duration_s: 420, goals: [{ goal: "rotation", weight: 2 }, { goal: "extension" }], available_equipment: ["chair"],
  });
  const first = built.phases[0].items[0].exercise.slug;

  const swapped = await api.swapExercise(built.id, { position_in_session: 1, reason: "dislike" });
  const slugs = swapped.phases.flatMap((phase) => phase.items.map((item) => item.exercise.slug));
  assert.ok(!slugs.includes(first));
}

async function fitWorkstation() {
  const fit = await api.fitWorkstation({ stature_cm: 170, desk: { fixed_cm: 73 } });
  assert.equal(fit.seat_height.unit, "cm");
  const report = await api.assessWorkstation({
    body: { stature_cm: 170 }, measured: { desk_height_cm: 80, feet: "dangling" },
  });
  assert.ok(report.findings.length > 0);
}

async function main() {
  await readCatalogue();
  await buildAndSwap();
  await fitWorkstation();
}

main().catch((fault: unknown) => {
  console.error(fault);
  process.exitCode = 1;
});
