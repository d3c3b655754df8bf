import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Action, Counts, LabEvent, Problem, ResourceKind, Step } from "../src/events.js";
import { eventSchema, readEvents } from "./event-schema.js";

/** All members of a union or keys of a type: the compiler tells which one lacks. */
type Exactly<K extends PropertyKey> = Readonly<Record<K, true>>;
type EventOf<T extends LabEvent["type"]> = Extract<LabEvent, { type: T }>;

const events: { readonly [T in LabEvent["type"]]: Exactly<keyof EventOf<T>> } = {
  "step-started": { type: true, time: true, step: true },
  "step-progress": { type: true, time: true, step: true, done: true, total: true, unit: true },
  "step-done": { type: true, time: true, step: true, milliseconds: true },
  "step-failed": { type: true, time: true, step: true, error: true },
  "step-skipped": { type: true, time: true, step: true, because: true },
  booting: { type: true, time: true, node: true, phase: true },
  ready: { type: true, time: true, node: true, seconds: true },
  "not-ready": { type: true, time: true, node: true, error: true },
  warning: { type: true, time: true, problem: true },
  finished: { type: true, time: true, outcome: true, counts: true },
};
const step: Exactly<keyof Step> = { id: true, action: true, resource: true, name: true, node: true, reason: true };
const problem: Exactly<keyof Problem> = { code: true, message: true, mend: true };
const counts: Exactly<keyof Counts> = { done: true, failed: true, skipped: true, ready: true, nodes: true };
const actions: Exactly<Action> = {
  create: true,
  update: true,
  restart: true,
  replace: true,
  remove: true,
  start: true,
  stop: true,
  suspend: true,
  resume: true,
};
const resources: Exactly<ResourceKind> = {
  domain: true,
  network: true,
  pool: true,
  volume: true,
  link: true,
  host: true,
};
const outcomes: Exactly<EventOf<"finished">["outcome"]> = { done: true, failed: true, cancelled: true };
const units: Exactly<EventOf<"step-progress">["unit"]> = { bytes: true, count: true };

interface ObjectSchema {
  readonly properties: Readonly<Record<string, { readonly const?: string; readonly enum?: readonly string[] }>>;
  readonly required: readonly string[];
}

// A border: what the file of the house has.
const definitions = eventSchema["$defs"] as Readonly<Record<string, ObjectSchema>>;
const sorted = (names: Iterable<string>): readonly string[] => [...names].sort();
const fieldsOf = (name: string): readonly string[] => sorted(Object.keys(definitions[name]?.properties ?? {}));

describe("the schema of events", () => {
  const eventDefinitions = Object.values(definitions).filter(
    (definition) => "properties" in definition && "type" in definition.properties,
  );

  it("has every type of event, each with all of its fields, which always come", () => {
    const described = eventDefinitions.map(({ properties, required }) => [
      properties["type"]?.const,
      sorted(Object.keys(properties)),
      sorted(required),
    ]);
    const typed = Object.entries(events).map(([type, fields]) => {
      const names = sorted(Object.keys(fields));
      return [type, names, names];
    });
    expect(described).toEqual(typed);
    expect(eventSchema["oneOf"]).toHaveLength(typed.length);
  });

  it.each([
    ["step", step, ["node"]],
    ["problem", problem, []],
    ["counts", counts, []],
  ] as const)("has the fields of a %s", (name, fields, optional) => {
    expect(fieldsOf(name)).toEqual(sorted(Object.keys(fields)));
    expect(sorted([...(definitions[name]?.required ?? []), ...optional])).toEqual(fieldsOf(name));
  });

  it.each([
    ["step", "action", actions],
    ["step", "resource", resources],
    ["finished", "outcome", outcomes],
    ["stepProgress", "unit", units],
  ] as const)("has the words that the %s's %s may be", (name, field, words) => {
    expect(definitions[name]?.properties[field]?.enum).toEqual(Object.keys(words));
  });
});

describe("docs/events.md", () => {
  const page = readFileSync(new URL("../../../docs/events.md", import.meta.url), "utf8");

  it("shows events that are as the schema has them, one of each type", () => {
    const [, ndjson = ""] = /```json\n([^]*?)```/.exec(page) ?? [];
    expect(new Set(readEvents(ndjson).map(({ type }) => type))).toEqual(new Set(Object.keys(events)));
  });
});

describe("an event that is none", () => {
  const time = "2026-03-01T12:00:00.000Z";
  it.each([
    ["a type that there is not", { type: "exploded", time }],
    ["a field that lacks", { type: "booting", time, node: "r1" }],
    ["a time of another form", { type: "booting", time: "noon", node: "r1", phase: "started" }],
    ["an action that there is not", { type: "step-started", time, step: { id: "a", action: "paint" } }],
  ])("is refused: %s", (_, event) => {
    expect(() => readEvents(JSON.stringify(event))).toThrow("not an event");
  });
});
