import type { Picture } from "../src/canvas/messages.js";
import type { Point } from "../webview/canvas/geometry.js";

/** Nodes as names, or names with a saved position; cables as `a-b`, or `a-b 2` for another one; ports are numbered. */
export function picture(
  nodes: readonly (string | readonly [string, Point])[],
  cables: readonly string[] = [],
): Picture {
  const used = new Map<string, number>();
  const end = (node = "") => {
    const port = (used.get(node) ?? 0) + 1;
    used.set(node, port);
    return { node, port: `eth${port}`, known: true };
  };
  return {
    lab: "lab",
    broken: false,
    direction: "TB",
    nodes: nodes.map((node) => {
      const [name, position] = typeof node === "string" ? [node] : node;
      const rest = { model: "", title: "", role: "host", members: 1, groups: [], hasFreePort: true, at: null } as const;
      return { name, ...rest, ...(position === undefined ? {} : { position }) };
    }),
    bridges: [],
    links: cables.map((id) => {
      const [src, dst] = id.split(/[- ]/);
      return { id, src: end(src), dst: end(dst), state: "up", type: "auto", at: null };
    }),
    groups: [],
    notes: [],
    hostBridges: [],
  };
}
