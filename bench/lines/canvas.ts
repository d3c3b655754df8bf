import type { Picture, ToPage } from "../../client/src/canvas/messages.js";
import type { Result } from "../result.js";
import { openCanvasPage } from "../support/canvas-page.js";
import { launchChromium } from "../support/chromium.js";
import { cables } from "../support/labs.js";
import { summarize } from "../support/times.js";

const NODES = 1_000;
const RUNS = 5;
/** Readings of what passes, which comes once a second. */
const SECONDS = 10;

/** The canvas' page by itself in Chromium: from its start to its first picture, then a node dragged by the mouse. */
export default async function measure(): Promise<readonly Result[]> {
  const root = process.env["BENCH_ROOT"] ?? "";
  const browser = await launchChromium();
  try {
    const paints: number[] = [];
    const frames: number[] = [];
    const live: number[] = [];
    const gestures: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const shown = picture(NODES);
      const page = await openCanvasPage(browser, root, shown);
      paints.push(page.firstPaint);
      frames.push(...(await page.dragFrames("node500")));
      for (let second = 0; second < SECONDS; second++) live.push(await page.painting(states(shown, second)));
      for (const next of [renamed(shown), shorter(shown), shown])
        gestures.push(await page.painting({ type: "picture", picture: next, held: false }));
      await page.close();
    }
    return [
      { what: "canvas: first paint, 1,000 nodes, median", unit: "ms", figure: summarize(paints).median, budget: 1500 },
      {
        what: "canvas: a frame while dragging, 1,000 nodes, median",
        unit: "ms",
        figure: summarize(frames).median,
        budget: 33,
      },
      {
        what: "canvas: a renamed or deleted node painted, 1,000 nodes, median",
        unit: "ms",
        figure: summarize(gestures).median,
        budget: 500,
      },
      {
        what: "canvas: states and rates painted, 1,000 nodes, median",
        unit: "ms",
        figure: summarize(live).median,
        budget: 250,
      },
    ];
  } finally {
    await browser.close();
  }
}

/** What a gesture leads to: node500 has another name, and its cables with it. */
function renamed(before: Picture): Picture {
  const name = (known: string): string => (known === "node500" ? "renamed" : known);
  return {
    ...before,
    nodes: before.nodes.map((node) => ({ ...node, name: name(node.name) })),
    links: before.links.map(({ src, dst, ...link }) => ({
      ...link,
      src: { ...src, node: name(src.node) },
      dst: "node" in dst ? { ...dst, node: name(dst.node) } : dst,
    })),
  };
}

/** The lab without node500 and its cables. */
function shorter(before: Picture): Picture {
  const isGone = (end: object): boolean => "node" in end && end.node === "node500";
  return {
    ...before,
    nodes: before.nodes.filter(({ name }) => name !== "node500"),
    links: before.links.filter(({ src, dst }) => !isGone(src) && !isGone(dst)),
  };
}

/** All nodes run, and what passes each cable is another than a second ago. */
function states({ nodes, links }: Picture, second: number): ToPage {
  return {
    type: "states",
    note: "",
    nodes: Object.fromEntries(nodes.map(({ name }) => [name, { state: "running", label: "ready" } as const])),
    links: Object.fromEntries(
      links.map(({ id }, index) => {
        const rate = `${index + second} kbit/s`;
        return [id, { state: "up", label: `up, ${rate}`, rates: { forth: rate, back: rate, load: 1 } } as const];
      }),
    ),
  };
}

/** The lab of the other lines: rings of switches, in groups of fifty. */
function picture(count: number): Picture {
  const end = (node: number, port: number) => ({ node: `node${node}`, port: `swp${port}`, known: true });
  return {
    lab: "bench",
    broken: false,
    direction: "TB",
    nodes: Array.from({ length: count }, (_, index) => ({
      name: `node${index}`,
      model: "nvidia_cumulus",
      title: "NVIDIA Cumulus VX",
      role: "switch",
      members: 1,
      groups: [`pod${Math.floor(index / 50)}`],
      hasFreePort: true,
      at: null,
    })),
    bridges: [],
    links: cables(count).map(({ src, srcPort, dst, dstPort }, index) => ({
      id: String(index),
      src: end(src, srcPort),
      dst: end(dst, dstPort),
      state: "up",
      type: "auto",
      at: null,
    })),
    groups: [],
    notes: [],
    hostBridges: [],
  };
}
