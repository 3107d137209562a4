// The round with openapi-typescript and openapi-fetch.
import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { components, paths } from "./client/schema";

const client = createClient<paths>({ baseUrl: process.env.BASE_URL });

async function readCatalogue() {
  const list = await client.GET("/v1/exercises", {
    params: { query: { goal: ["rotation"], position: ["seated"], available_equipment: ["chair"], limit: 2 } },
  });
  assert.equal(list.data?.items.length, 2);
  assert.ok(list.data.items.every((exercise) => exercise.goals.includes("rotation")));

  const one = await client.GET("/v1/exercises/{slug}", { params: { path: { slug: "open-book" } } });
  assert.equal(one.data?.name, "Open book");
  const few = await client.GET("/v1/partial/exercises/{slug}", {
    params: { path: { slug: "open-book" }, query: { fields: ["name"] } },
  });
  assert.deepEqual(few.data, { name: "Open book" });
  const routine = await client.GET("/v1/routines/{slug}", { params: { path: { slug: "desk-break-1-min" } } });
  assert.ok(routine.data && routine.data.session.timeline.length > 0);
}

async function buildAndSwap() {
  const built = await client.POST("/v1/sessions", {
    body: { duration_s: 420, goals: [{ goal: "rotation", weight: 2 }, { goal: "extension" }], available_equipment: ["chair"] },
  });
  assert.equal(built.response.status, 201);
  const session = built.data;
  assert.ok(session);
  const first = session.phases[0].items[0].exercise.slug;

  const swapped = await client.POST("/v1/sessions/{session_id}/swap", {
    params: { path: { session_id: session.id } },
    body: { position_in_session: 1, reason: "dislike" },
  });
  assert.ok(swapped.data);
  const slugs = swapped.data.phases.flatMap((phase) => phase.items.map((item) => item.exercise.slug));
  assert.ok(!slugs.includes(first));
}

async function prescribe() {
  const built = await client.POST("/v1/sessions", {
    body: { items: [{ slug: "doorway-pec-stretch", side: "left", dose: { sets: 3, hold_s: 30 }, note: "Never into pain." }] },
  });
  const [first] = built.data?.phases[0].items ?? [];
  assert.deepEqual([first.side, first.note, first.dose.hold_s], ["left", "Never into pain.", 30]);
}

async function readError() {
  const failed = await client.GET("/v1/exercises", { params: { query: { limit: 101 } } });
  assert.equal(failed.data, undefined);
  assert.equal(failed.error?.status, 422);
  assert.equal(failed.error.errors?.[0].name, "limit");
}

async function readFiles() {
  const path = { slug: "open-book" };
  const svg = await client.GET("/v1/exercises/{slug}/figure.svg", { params: { path }, parseAs: "text" });
  assert.match(svg.data ?? "", /^<svg/);
  const png = await client.GET("/v1/exercises/{slug}/figure.png", { params: { path }, parseAs: "arrayBuffer" });
  assert.equal(Buffer.from(png.data ?? new ArrayBuffer(0)).toString("latin1", 1, 4), "PNG");
  const calendar = await client.GET("/v1/reminders.ics", {
    params: { query: { timezone: "Europe/Berlin" } },
    parseAs: "text",
  });
  assert.match(calendar.data ?? "", /^BEGIN:VCALENDAR/);
}

async function fitWorkstation() {
  const fit = await client.POST("/v1/workstation/fit", { body: { stature_cm: 170, desk: { fixed_cm: 73 } } });
  assert.equal(fit.data?.seat_height.unit, "cm");
  const report = await client.POST("/v1/workstation/assessment", {
    body: { body: { stature_cm: 170 }, measured: { desk_height_cm: 80, feet: "dangling" } },
  });
  assert.ok(report.data && report.data.findings.length > 0);
}

type Copy = components["schemas"]["CatalogueBundle"];

async function readBundle(): Promise<Copy> {
  const { data, error } = await client.GET("/v1/catalogue");
  if (!data) throw new Error(error.detail);
  return data;
}

/** Returns a copy of the catalogue as it is now; `copy` is the one of yesterday. */
async function followCatalogue(copy: Copy): Promise<Copy> {
  for (;;) {
    const { data: feed, error, response } = await client.GET("/v1/changes", { params: { query: { since: copy.serial } } });
    if (response.status === 410 || response.status === 422) return readBundle();
    if (!feed) throw new Error(error.detail);
    if (feed.static_hash !== copy.static_hash) return readBundle();
    for (const { kind, slug, record } of feed.items) {
      const list = copy[`${kind}s`] as { slug: string }[];
      const others = list.filter((one) => one.slug !== slug);
      const records = record ? [...others, record as { slug: string }] : others;
      Object.assign(copy, { [`${kind}s`]: records.sort((a, b) => (a.slug < b.slug ? -1 : 1)) });
    }
    copy.serial = feed.next_since;
    if (feed.next_since === feed.serial) return copy;
  }
}

async function keepACopy() {
  const whole = await readBundle();
  const yesterday: Copy = { ...structuredClone(whole), serial: whole.serial - 30 };
  const slugs = [whole.routines[0].slug, whole.routines[1].slug];
  yesterday.routines = yesterday.routines.filter((one) => !slugs.includes(one.slug));
  assert.deepEqual(await followCatalogue(yesterday), whole);
  assert.deepEqual(await followCatalogue({ ...structuredClone(whole), static_hash: "of another version" }), whole);
  assert.deepEqual(await followCatalogue({ ...structuredClone(whole), serial: whole.serial + 1 }), whole);
}

async function main() {
  await keepACopy();
  await readCatalogue();
  await buildAndSwap();
  await prescribe();
  await readError();
  await readFiles();
  await fitWorkstation();
}

main().catch((fault: unknown) => {
  console.error(fault);
  process.exitCode = 1;
});
