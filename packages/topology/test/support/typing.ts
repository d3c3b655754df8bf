import { Dice } from "../convert/generate.js";
import { hostile } from "./hostile.js";

/** What people put in at once, besides single characters. */
const pasted = [
  "[[nodes]]\n",
  '[[nodes]]\nname = "pasted"\nmodel = "tiny_linux"\n',
  "[nodes.interfaces.eth2]\nmtu = 1500\n",
  "[ nodes . interfaces ]\n",
  "[nodes]\n",
  "[[links]]\n",
  '[groups.leaf]\nmodel = "frr_linux"\n',
  "[groups.leaf.interfaces]\n",
  "[groups]\nleaf.memory = 5\n",
  "[defaults]\ncpu_count = 3\n",
  "nodes = [\n",
  '  { name = "row", model = "tiny_linux" },\n',
  '{ name = "leaf1", model = "tiny_linux" }',
  '  { src = "leaf1::swp1", dst = "leaf2::swp1" },\n',
  "]\n",
  "]]\n",
  '"""\n',
  "'''\n",
  "# a comment\n",
  "\n",
  "\n\n",
  "x = 1\n",
  'defaults = { memory = 1024, model = "tiny_linux" }\n',
];

/**
 * Versions of a text while it is edited: characters and lines are typed, taken away, pasted and moved, mostly near the edit
 * before, and now and then all is undone.
 */
export function* typing(text: string, seed: number, count: number): Generator<string> {
  const dice = new Dice(seed);
  let current = text;
  let cursor = dice.roll(text.length + 1);
  for (let edit = 0; edit < count; edit++) {
    if (dice.chance(4)) cursor = dice.roll(current.length + 1);
    if (dice.chance(3)) cursor = current.indexOf("\n", Math.min(cursor, current.length)) + 1;
    cursor = Math.min(cursor, current.length);
    const start = cursor;
    const line = dice.chance(5) ? current.indexOf("\n", start) + 1 - start : dice.roll(6);
    const removed = dice.chance(2) ? Math.max(0, line) : 0;
    const copied = dice.roll(current.length + 1);
    const inserted = dice.pick([
      "",
      dice.pick(hostile),
      dice.pick(["a", "1", " ", '"']),
      dice.pick(pasted),
      current.slice(copied, copied + dice.roll(120)),
    ]);
    current = current.slice(0, start) + inserted + current.slice(start + removed);
    cursor = start + inserted.length;
    yield current;
    if (dice.chance(12)) yield (current = text);
  }
}
