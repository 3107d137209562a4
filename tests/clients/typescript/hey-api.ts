// The round with @hey-api/openapi-ts and its fetch client.
import assert from "node:assert/strict";
import { client } from "./client/client.gen";
import * as api from "./client/sdk.gen";

client.setConfig({ baseUrl: process.env.BASE_URL });

async function readCatalogue() {
  const list = await api.listExercises({
    query: { goal: ["rotation"], position: ["seated"], available_equipment: ["chair"], limit: 2 },
  });
  assert.equal(list.data?.items.length, 2);
  assert.ok(list.data.items.every((exercise) => exercise.goals.includes("rotation")));

  const one = await api.getExercise({ path: { slug: "open-book" } });
  assert.equal(one.data?.name, "Open book");
  const few = await api.getPartialExercise({ path: { slug: "open-book" }, query: { fields: ["name"] } });
  assert.deepEqual(few.data, { name: "Open book" });
  const routine = await api.getRoutine({ path: { slug: "desk-break-1-min" } });
  assert.ok(routine.data && routine.data.session.timeline.length > 0);
}

async function buildAndSwap() {
  const built = await api.createSession({
    body: { duration_s: 420, goals: [{ goal: "rotation", weight: 2 }, { goal: "extension" }], available_equipment: ["chair"] },
  });
  assert.equal(built.response?.status, 201);
  const session = built.data;
  assert.ok(session);
  const first = session.phases[0].items[0].exercise.slug;

  const swapped = await api.swapExercise({
    path: { session_id: session.id },
    body: { position_in_session: 1, reason: "dislike" },
  });
  assert.ok(swapped.data);
  const slugs = swapped.data.phases.flatMap((phase) => phase.items.map((item) => item.exercise.slug));
  assert.ok(!slugs.includes(first));
}

async function readError() {
  const failed = await api.listExercises({ query: { limit: 101 } });
  assert.equal(failed.data, undefined);
  assert.equal(failed.error?.status, 422);
  assert.equal(failed.error.errors?.[0].name, "limit");
}

async function readFiles() {
  const path = { slug: "open-book" };
  const svg = await api.getExerciseFigureSvg({ path });
  assert.match(await readText(svg.data), /^<svg/);
  const png = await api.getExerciseFigurePng({ path });
  assert.match(await readText(png.data), /^.PNG/);
  const calendar = await api.getRemindersCalendar({ query: { timezone: "Europe/Berlin" } });
  assert.match(await readText(calendar.data), /^BEGIN:VCALENDAR/);
}

function readText(content: string | Blob | File | undefined): Promise<string> {
  assert.ok(content);
  return new Response(content).text();
}

async function fitWorkstation() {
  const fit = await api.fitWorkstation({ body: { stature_cm: 170, desk: { fixed_cm: 73 } } });
  assert.equal(fit.data?.seat_height.unit, "cm");
  const report = await api.assessWorkstation({
    body: { body: { stature_cm: 170 }, measured: { desk_height_cm: 80, feet: "dangling" } },
  });
  assert.ok(report.data && report.data.findings.length > 0);
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
