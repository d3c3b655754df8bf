import { findPort, type DeviceModel } from "@labscape/devices";
import { portByNumber } from "../model/ports.js";
import { quoteLike, type Range } from "../syntax/index.js";
import { dialectTitle, type Draft } from "./draft.js";
import { isRowOf, scopeKey } from "./places.js";
import type { SpelledKey } from "./spelled-keys.js";

/** The keys of one row of links, by their names. */
type Row = ReadonlyMap<string, SpelledPair>;
type SpelledPair = SpelledKey & Required<Pick<SpelledKey, "pair">>;

/** The keys of both ends of a cable: `src = "a::swp1"` <-> `device_a = "a", interface_a = 0`. */
const ends = [
  { whole: "src", device: "device_a", port: "interface_a" },
  { whole: "dst", device: "device_b", port: "interface_b" },
] as const;
type End = (typeof ends)[number];

export function convertLinks(draft: Draft): void {
  for (const row of linkRows(draft))
    for (const end of ends) {
      if (draft.to === "current") joinEnd(row, end, draft);
      else splitEnd(row, end, draft);
    }
}

function linkRows({ keys }: Draft): Iterable<Row> {
  const rows = new Map<string, Map<string, SpelledPair>>();
  for (const key of keys) {
    const { path, pair } = key;
    const name = path[2];
    if (path.length !== 3 || pair === undefined || typeof name !== "string" || !isRowOf(path.slice(0, 2), "links"))
      continue;
    const row = scopeKey(path.slice(0, 2));
    const known = rows.get(row) ?? new Map<string, SpelledPair>();
    rows.set(row, known.set(name, { ...key, pair }));
  }
  return rows.values();
}

/** To the current dialect: the device and the number of its port become one text. */
function joinEnd(row: Row, end: End, draft: Draft): void {
  const { changes, refuse } = draft;
  const device = row.get(end.device);
  const port = row.get(end.port);
  const some = device ?? port;
  if (some === undefined || refuseBoth(row, end, draft)) return;
  if (device === undefined || port === undefined) {
    const missing = device === undefined ? end.device : end.port;
    refuse(some.part.range, `This end of the link needs \`${missing}\` as well.`);
    return;
  }
  const name = device.pair.value;
  const number = port.pair.value;
  if (name.kind !== "string" || name.value.includes("::"))
    refuse(name.range, `\`${end.device}\` must be the name of a device.`);
  else if (number.kind !== "integer") refuse(number.range, `\`${end.port}\` must be the number of a port.`);
  else {
    const model = modelOf(name.value, name.contents, draft);
    const ref = model === undefined ? undefined : portByNumber(model, Number(number.value));
    if (model !== undefined && ref === undefined)
      refuse(number.range, `${model.title} has no data port ${number.value}, so that there is no name for it.`);
    if (ref === undefined) return;
    const { text } = draft.analysis;
    const [first, second] = device.pair.range.start < port.pair.range.start ? [device, port] : [port, device];
    const adjacent = /^[\s,]*$/.test(text.slice(first.pair.range.end, second.pair.range.start));
    const equals = text.slice(device.part.range.end, name.range.start);
    const joined = end.whole + equals + quoteLike(name, `${name.value}::${ref.name}`);
    if (adjacent) changes.replace({ start: first.pair.range.start, end: second.pair.range.end }, joined);
    else {
      changes.replace(device.pair.range, joined);
      changes.remove(port.pair, port.owner);
    }
  }
}

/** To the first dialect: the text becomes the device and the number of its port. */
function splitEnd(row: Row, end: End, draft: Draft): void {
  const { changes, refuse, analysis } = draft;
  const whole = row.get(end.whole);
  if (whole === undefined || refuseBoth(row, end, draft)) return;
  const { pair, owner, part } = whole;
  const { value } = pair;
  const colons = value.kind === "string" ? value.value.indexOf("::") : -1;
  if (value.kind !== "string" || colons < 0) {
    refuse(value.range, `\`${end.whole}\` must be a port, "node::port".`);
    return;
  }
  const name = value.value.slice(0, colons);
  const port = value.value.slice(colons + 2);
  const model = modelOf(name, value.contents, draft);
  if (model === undefined) return;
  const ref = findPort(model, port);
  if (ref?.role !== "data") {
    const why = ref === undefined ? `has no port \`${port}\`` : `does not count \`${port}\` among its data ports`;
    refuse(value.contents, `${model.title} ${why}, so that there is no number for it.`);
    return;
  }
  const equals = analysis.text.slice(part.range.end, value.range.start);
  const separator = changes.separatorAt(pair.range.start, owner === undefined ? "statement" : "inline");
  changes.replace(
    pair.range,
    `${end.device}${equals}${quoteLike(value, name)}${separator}${end.port}${equals}${ref.index}`,
  );
}

/** One end given in both ways: only `src` and `dst` are used. */
function refuseBoth(row: Row, { whole, device, port }: End, { refuse, to }: Draft): boolean {
  const rival = row.get(device) ?? row.get(port);
  if (!row.has(whole) || rival === undefined) return false;
  refuse(rival.part.range, `\`${whole}\` says the same in ${dialectTitle[to]}, and wins. Remove one of the two.`);
  return true;
}

/** The model of a node that is named at a range. */
function modelOf(name: string, at: Range, { analysis, refuse }: Draft): DeviceModel | undefined {
  const node = analysis.manifest.nodesByName.get(name);
  if (node?.model !== undefined) return node.model;
  const why = node === undefined ? `There is no node \`${name}\`` : `The device model of \`${name}\` is not known`;
  refuse(at, `${why}, so that its ports cannot be counted.`);
  return undefined;
}
