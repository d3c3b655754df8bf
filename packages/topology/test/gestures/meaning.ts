import type { Gesture, LabNode, Point, Selection } from "@labscape/topology";
import { analyzeText } from "../support/analyze.js";

/** What a manifest means, without the places where it is written and without what only counts. */
export interface Meaning {
  readonly nodes: ReadonlyMap<string, object | undefined>;
  /** `node::port node::port`, with what else is said of the link. */
  readonly links: ReadonlyMap<string, unknown>;
  readonly bridges: ReadonlyMap<string, readonly string[]>;
  /** Bridges of the host by the bridges that join them. */
  readonly externals: ReadonlyMap<string, string>;
  readonly positions: ReadonlyMap<string, Point>;
  readonly notes: readonly unknown[];
}

export function meaningOf(text: string): Meaning {
  const { lab } = analyzeText(text);
  const end = ({ node, portName }: { node: string; portName: string }) => `${node}::${portName}`;
  return {
    nodes: new Map(lab.nodes.map((node) => [node.name, nodeOf(node)])),
    links: new Map(
      lab.links.map(({ src, dst, label, mtu, state, type }) => [
        `${end(src)} ${end(dst)}`,
        { label, mtu, state, type },
      ]),
    ),
    bridges: new Map(lab.bridges.map(({ name, endpoints }) => [name, endpoints.map(end)])),
    externals: new Map(lab.bridges.flatMap(({ name, external }) => (external === undefined ? [] : [[name, external]]))),
    positions: new Map([...Object.entries(lab.diagram.nodes), ...Object.entries(lab.diagram.bridges)]),
    notes: lab.diagram.notes.map(({ text: says, x, y }) => ({ text: says, x, y })),
  };
}

/** How many ports a node has depends on its cables. */
function nodeOf({ model, ports, ...rest }: LabNode): object {
  const settings = ports.filter((port) => Object.keys(port).length > 2);
  return { ...rest, name: "", at: 0, nameAt: 0, index: 0, model: model.name, settings };
}

/** What a lab means after a gesture, by what it meant before. What is chosen by the gesture itself comes from what it made. */
export function expectedAfter(before: Meaning, gesture: Gesture, made: Selection, after: Meaning): Meaning {
  const { nodes, links, bridges, externals, positions, notes } = before;
  const [name = ""] = [...made.nodes, ...made.bridges];
  const [link = ""] = made.links;
  switch (gesture.kind) {
    case "add-node":
      return {
        ...before,
        nodes: new Map([...nodes, [name, after.nodes.get(name)]]),
        positions: at(positions, name, gesture.at),
      };
    case "add-bridge":
      return {
        ...before,
        bridges: new Map([...bridges, [name, []]]),
        externals: joined(externals, name, gesture.external),
        positions: at(positions, name, gesture.at),
      };
    case "set-external":
      return { ...before, externals: joined(externals, gesture.bridge, gesture.external) };
    case "add-link": {
      const [src = "", dst = ""] = link.split(" ");
      const list = bridges.get(dst);
      return list === undefined
        ? { ...before, links: new Map([...links, [link, { state: "up", type: "auto" }]]) }
        : { ...before, bridges: new Map([...bridges, [dst, [...list, src]]]) };
    }
    case "set-port": {
      const { bridges: plugged } = before;
      const [from = "", to = ""] = gesture.link.split(" ");
      if (plugged.has(to)) {
        const port = link.split(" ")[0] ?? "";
        return { ...before, bridges: mapped(bridges, (list) => list.map((each) => (each === from ? port : each))) };
      }
      return { ...before, links: new Map([...links].map(([id, rest]) => [id === gesture.link ? link : id, rest])) };
    }
    case "move":
      return {
        ...before,
        positions: new Map([...positions, ...Object.entries({ ...gesture.nodes, ...gesture.bridges })]),
      };
    case "rename":
      return renamed(before, "node" in gesture ? gesture.node : "bridge" in gesture ? gesture.bridge : "", gesture.to);
    case "delete": {
      const gone = new Set([...(gesture.nodes ?? []), ...(gesture.bridges ?? [])]);
      const cut = new Set(gesture.links);
      const isGone = (end: string) => gone.has(end.replace(/::.*/, ""));
      return {
        nodes: without(nodes, gone),
        links: new Map([...links].filter(([id]) => !cut.has(id) && !id.split(" ").some(isGone))),
        bridges: new Map(
          [...without(bridges, gone)].map(([bridge, list]) => [
            bridge,
            list.filter((each) => !isGone(each) && !cut.has(`${each} ${bridge}`)),
          ]),
        ),
        externals: without(externals, gone),
        positions: without(positions, gone),
        notes: notes.filter((_, index) => !(gesture.notes ?? []).includes(index)),
      };
    }
    case "duplicate": {
      const copies = new Map(gesture.nodes.map((each, index) => [each, made.nodes[index] ?? ""]));
      const copyOf = (end: string) => end.replace(/^[^:]*/, (node) => copies.get(node) ?? "");
      const both = [...links].filter(([id]) => id.split(" ").every((end) => !copyOf(end).startsWith("::")));
      return {
        ...before,
        nodes: new Map([...nodes, ...[...copies].map(([each, copy]) => [copy, nodes.get(each)] as const)]),
        links: new Map([...links, ...both.map(([id, rest]) => [id.split(" ").map(copyOf).join(" "), rest] as const)]),
        positions: new Map([
          ...positions,
          ...[...copies].flatMap(([each, copy]) => {
            const place = positions.get(each);
            const { x, y } = gesture.by;
            return place === undefined ? [] : [[copy, { x: place.x + x, y: place.y + y }] as const];
          }),
        ]),
      };
    }
    case "set-note": {
      const { note = notes.length, text, at: place } = gesture;
      const list = [...notes];
      list[note] = { ...(notes[note] ?? {}), text, ...place };
      return { ...before, notes: list };
    }
    case "set-groups":
      return {
        ...before,
        nodes: new Map(
          [...nodes].map(([each, rest]) => [
            each,
            gesture.nodes.includes(each) ? { ...rest, groups: gesture.groups } : rest,
          ]),
        ),
      };
    case "regroup": {
      const { group } = gesture;
      const others = (each: object | undefined) => {
        const groups: readonly string[] = each !== undefined && "groups" in each ? (each.groups as string[]) : [];
        return groups.slice(1).filter((name) => name !== group);
      };
      return {
        ...before,
        nodes: new Map(
          [...nodes].map(([each, rest]) => {
            const groups = [...(group === undefined ? [] : [group]), ...others(rest)];
            return [each, each in gesture.nodes ? { ...rest, groups } : rest];
          }),
        ),
        positions: new Map([...positions, ...Object.entries(gesture.nodes)]),
      };
    }
    case "clear-positions":
      return { ...before, positions: new Map() };
  }
}

function joined(externals: Meaning["externals"], name: string, external: string | undefined): Meaning["externals"] {
  const others = without(externals, new Set([name]));
  return external === undefined ? others : new Map([...others, [name, external]]);
}

function at(positions: Meaning["positions"], name: string, point: Point | undefined): Meaning["positions"] {
  return point === undefined ? positions : new Map([...positions, [name, point]]);
}

function mapped<Value>(map: ReadonlyMap<string, Value>, change: (value: Value) => Value): ReadonlyMap<string, Value> {
  return new Map([...map].map(([key, value]) => [key, change(value)]));
}

function without<Value>(map: ReadonlyMap<string, Value>, gone: ReadonlySet<string>): ReadonlyMap<string, Value> {
  return new Map([...map].filter(([key]) => !gone.has(key)));
}

function renamed({ nodes, links, bridges, externals, positions, notes }: Meaning, from: string, to: string): Meaning {
  const name = (each: string) => (each === from ? to : each);
  const end = (each: string) => each.replace(/^[^:]*/, name);
  const keys = <Value>(map: ReadonlyMap<string, Value>) => new Map([...map].map(([key, value]) => [name(key), value]));
  return {
    nodes: keys(nodes),
    links: new Map([...links].map(([id, rest]) => [id.split(" ").map(end).join(" "), rest])),
    bridges: mapped(keys(bridges), (list) => list.map(end)),
    externals: keys(externals),
    positions: keys(positions),
    notes,
  };
}
