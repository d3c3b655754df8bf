import { describe, expect, test } from "vitest";
import {
  applyGesture,
  canvasModel,
  freePorts,
  type CanvasModel,
  type Dialect,
  type Gesture,
  type TextEdit,
} from "@labscape/topology";
import { Dice, generateManifest } from "../convert/generate.js";
import { analyzeText } from "../support/analyze.js";
import { applyEdits } from "../support/features.js";
import { expectedAfter, meaningOf } from "./meaning.js";

/** Findings that say that a lab is not finished, which a gesture may well leave behind. */
const unfinished = new Set([
  "unconnected-node",
  "bridge-with-one-port",
  "link-to-same-pair",
  "unused-group",
  "bridge-blocks-frames",
]);

const diagrams = [
  "",
  "\n[diagram.nodes]\nn0 = { x = 1, y = 2 } # here\n",
  '\n[diagram]\ndirection = "TB"\nnodes = { n0.x = 5, n0.y = 6 }\n',
  "\n[diagram]\nnodes.n0 = { x = 5, y = 6 }\n\n[[diagram.notes]]\ntext = 'a'\nx = 1\ny = 1\n",
  "\n[diagram.nodes.n0]\nx = 5 # x\ny = 6\n",
];

function manifest(dice: Dice, dialect: Dialect): string {
  const text = generateManifest(dice, dialect, dice.chance(2));
  const bridges = dice.chance(2) ? "" : '\n# Shared\n[[bridges]]\nname = "lan"\nlinks = []\n';
  const more = bridges + dice.pick(diagrams);
  return text + (text.includes("\r\n") ? more.replaceAll("\n", "\r\n") : more);
}

/** A gesture that a person could make on this picture. */
function gestureFor(
  dice: Dice,
  { nodes, bridges, links, notes }: CanvasModel,
  ports: (node: string) => readonly string[],
): Gesture {
  const point = () => ({ x: dice.roll(400) - 200, y: dice.roll(400) - 200 });
  const names = dice.shuffle(nodes.map(({ name }) => name));
  const [one, other] = names;
  const some = names.slice(0, 1 + dice.roll(3));
  const link = links.length === 0 ? undefined : dice.pick(links);
  const bridge = bridges.length === 0 ? undefined : dice.pick(bridges).name;
  const free = names.filter((name) => ports(name).length > 0);
  const at = dice.chance(2) ? {} : { at: point() };
  const choices: (Gesture | undefined)[] = [
    { kind: "add-node", model: dice.pick(["tiny_linux", "nvidia_cumulus"]), ...at },
    { kind: "add-bridge", ...at },
    { kind: "add-bridge", external: dice.pick(["br0", "virbr0"]), ...at },
    bridge === undefined ? undefined : { kind: "set-external", bridge, ...dice.pick([{}, { external: "br1" }]) },
    free.length > 1 ? { kind: "add-link", from: { node: free[0] ?? "" }, to: { node: free[1] ?? "" } } : undefined,
    free.length > 0 && bridge !== undefined
      ? { kind: "add-link", from: { bridge }, to: { node: free[0] ?? "" } }
      : undefined,
    link !== undefined && ports(link.src.node).length > 0
      ? { kind: "set-port", link: link.id, end: "src", port: dice.pick(ports(link.src.node)) }
      : undefined,
    { kind: "move", nodes: Object.fromEntries(some.map((name) => [name, point()])) },
    bridge === undefined ? undefined : { kind: "move", bridges: { [bridge]: point() } },
    one === undefined ? undefined : { kind: "rename", node: one, to: `m${dice.roll(1000)}x` },
    bridge === undefined ? undefined : { kind: "rename", bridge, to: `w${dice.roll(1000)}x` },
    // A lab without nodes has nothing to play on.
    names.length > some.length ? { kind: "delete", nodes: some } : undefined,
    link === undefined ? undefined : { kind: "delete", links: [link.id] },
    other === undefined ? undefined : { kind: "duplicate", nodes: some, by: point() },
    { kind: "set-note", text: dice.pick(["a\nb", 'say "hi"', "c # d"]), at: point() },
    notes.length === 0 ? undefined : { kind: "delete", notes: [dice.roll(notes.length)] },
    { kind: "set-groups", nodes: some, groups: dice.pick([[], ["g1"], ["g2", "g1"]]) },
    {
      kind: "regroup",
      nodes: Object.fromEntries(some.map((name) => [name, point()])),
      ...dice.pick([{}, { group: "g1" }, { group: "g3" }]),
    },
    dice.chance(3) ? { kind: "clear-positions" } : undefined,
  ];
  return dice.pick(choices.filter((choice) => choice !== undefined));
}

/** The edits that take others back. */
function undone(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  let shift = 0;
  return edits.map(({ file, range: { start, end }, newText }) => {
    const range = { start: start + shift, end: start + shift + newText.length };
    shift += newText.length - (end - start);
    return { file, range, newText: text.slice(start, end) };
  });
}

/** Whether a gesture may replace this: what only adds takes nothing away, what changes a word stays in its line. */
function isMinimal({ kind }: Gesture, replaced: string): boolean {
  if (kind.startsWith("add-") || kind === "duplicate" || kind === "set-note") return replaced.trim() === "";
  const takesAway = ["delete", "clear-positions", "set-groups", "regroup", "set-external"].includes(kind);
  return takesAway || !replaced.includes("\n");
}

/** Findings of the kinds that count, each with how often it is there. */
function findingsOf(text: string): readonly string[] {
  return analyzeText(text)
    .findings.filter(({ code }) => !unfinished.has(code))
    .map(({ code }) => code)
    .sort();
}

describe.each<Dialect>(["current", "first"])("on generated manifests of the %s dialect", (dialect) => {
  test("gestures, one after the other, do what they say and nothing else", () => {
    for (let seed = 0; seed < 20; seed++) {
      const dice = new Dice(seed);
      let text = manifest(dice, dialect);
      const known = findingsOf(text);
      for (let step = 0; step < 8; step++) {
        const analysis = analyzeText(text);
        const ports = (node: string) => freePorts(analysis, node).map(({ name }) => name);
        const gesture = gestureFor(dice, canvasModel(analysis), ports);
        const result = applyGesture(analysis, gesture);
        if ("refusal" in result) throw new Error(`${JSON.stringify([gesture, result.refusal])} in\n${text}`);
        const after = applyEdits(text, result.edits);
        const where = `seed ${seed}, step ${step}: ${JSON.stringify(gesture)}\n${text}\n--- after\n${after}`;
        const meaning = meaningOf(after);
        expect(meaning, where).toEqual(expectedAfter(meaningOf(text), gesture, result.made, meaning));
        for (const code of findingsOf(after)) expect(known, where).toContain(code);
        expect(applyEdits(after, undone(text, result.edits)), where).toBe(text);
        for (const { range } of result.edits)
          expect(isMinimal(gesture, text.slice(range.start, range.end)), where).toBe(true);
        if (text.includes("\r\n")) expect(after.replaceAll("\r\n", ""), where).not.toContain("\n");
        expect(after, where).not.toMatch(/\n\s*\n\s*\n\s*\n/);
        text = after;
      }
    }
  });

  test("beside half-typed text they are made or refused, and never lose another node", () => {
    for (let seed = 0; seed < 20; seed++) {
      const dice = new Dice(seed);
      const whole = manifest(dice, dialect);
      const from = dice.roll(whole.length);
      const text =
        whole.slice(0, from) + dice.pick(["", '"', "[", "{", "= ", "x."]) + whole.slice(from + dice.roll(12));
      const analysis = analyzeText(text);
      const model = canvasModel(analysis);
      const ports = (node: string) => freePorts(analysis, node).map(({ name }) => name);
      for (let step = 0; step < 6; step++) {
        const gesture = gestureFor(dice, model, ports);
        const result = applyGesture(analysis, gesture);
        if ("refusal" in result) continue;
        const after = applyEdits(text, result.edits);
        const where = `seed ${seed}: ${JSON.stringify(gesture)}\n${text}\n--- after\n${after}`;
        const gone =
          gesture.kind === "delete"
            ? (gesture.nodes ?? [])
            : gesture.kind === "rename" && "node" in gesture
              ? [gesture.node]
              : [];
        const left = model.nodes.map(({ name }) => name).filter((name) => !gone.includes(name));
        expect(
          canvasModel(analyzeText(after)).nodes.map(({ name }) => name),
          where,
        ).toEqual(expect.arrayContaining(left));
      }
    }
  });
});
