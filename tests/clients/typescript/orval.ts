// The round with orval and its fetch client.
import assert from "node:assert/strict";
import * as api from "./client/api";

async function readCatalogue() {
  const list = await api.listExercises({
    goal: ["rotation"], position: ["seated"], available_equipment: ["chair"], limit: 2,
  });
  assert.ok(list.status === 200);
  assert.equal(list.data.items.length, 2);
  assert.ok(list.data.items.every((exercise) => exercise.goals.includes("rotation")));

  const one = await api.getExercise("open-book");
  assert.ok(one.status === 200);
  assert.equal(one.data.name, "Open book");
  const few = await api.getPartialExercise("open-book", { fields: ["name"] });
  assert.deepEqual(few.data, { name: "Open book" });
  const routine = await api.getRoutine("desk-break-1-min");
  assert.ok(routine.status === 200 && routine.data.session.timeline.length > 0);
}

async function buildAndSwap() {
  const built = await api.createSession({
    duration_s: 420, goals: [{ goal: "rotation", weight: 2 }, { goal: "extension" }], available_equipment: ["chair"],
  });
  assert.ok(built.status === 201);
  const first = built.data.phases[0].items[0].exercise.slug;

  const swapped = await api.swapExercise(built.data.id, { position_in_session: 1, reason: "dislike" });
  assert.ok(swapped.status === 201);
  const slugs = swapped.data.phases.flatMap((phase) => phase.items.map((item) => item.exercise.slug));
  assert.ok(!slugs.includes(first));
}

async function readError() {
  const failed = await api.listExercises({ limit: 101 });
  assert.ok(failed.status === 422);
  assert.equal(failed.data.errors?.[0].name, "limit");
}

async function readFiles() {
  const svg = await api.getExerciseFigureSvg("open-book");
  assert.ok(svg.status === 200);
  assert.match(await readText(svg.data), /^<svg/);
  const png = await api.getExerciseFigurePng("open-book");
  assert.ok(png.status === 200);
  assert.match(await readText(png.data), /^.PNG/);
  const calendar = await api.getRemindersCalendar({ timezone: "Europe/Berlin" });
  assert.ok(calendar.status === 200);
  assert.match(await readText(calendar.data), /^BEGIN:VCALENDAR/);
}

function readText(content: string | Blob): Promise<string> {
  return new Response(content).text();
}

async function fitWorkstation() {
  const fit = await api.fitWorkstation({ stature_cm: 170, desk: { fixed_cm: 73 } });
  assert.ok(fit.status === 200);
  assert.equal(fit.data.seat_height.unit, "cm");
  const report = await api.assessWorkstation({
    body: { stature_cm: 170 }, measured: { desk_height_cm: 80, feet: "dangling" },
  });
  assert.ok(report.status === 200 && report.data.findings.length > 0);
}

async function main() {
  await readCatalogue();
  await buildAndSwap();
  await readError();
  await readFiles();
  await fitWorkstation();
}

main().catch((fault: unknown) => {
  console.error(fault);
  process.exitCode = 1;
});
