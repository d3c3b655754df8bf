import { readFileSync } from "node:fs";
import { Ajv2020, type SchemaObject } from "ajv/dist/2020.js";

/** A border: the file's own test says that it is a schema. */
export const eventSchema = JSON.parse(
  readFileSync(new URL("../../../docs/events.schema.json", import.meta.url), "utf8"),
) as SchemaObject;

const isEvent = new Ajv2020({ strict: true, allErrors: true }).compile(eventSchema);

/** Events of NDJSON, each checked against docs/events.schema.json. @throws Error for a line that is no event. */
export function readEvents(ndjson: string): readonly { readonly type: string }[] {
  return ndjson
    .trim()
    .split("\n")
    .map((line) => {
      const event: unknown = JSON.parse(line);
      if (isEvent(event)) return event as { readonly type: string };
      const complaints = (isEvent.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`);
      throw new Error(`not an event: ${line}\n${complaints.join("\n")}`);
    });
}
