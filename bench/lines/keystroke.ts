import type { Result } from "../result.js";
import { rowManifest } from "../support/labs.js";
import type { LanguageServer } from "../support/language-server.js";
import { startOwnServer, startYamlServer, yamlServerDelay } from "../support/servers.js";
import { timeCalls, type Times } from "../support/times.js";

/** From a change that the client sends to the diagnostics that it gets. */
export default async function measure(): Promise<readonly Result[]> {
  const small = await ownTimes(1_000, 40);
  const large = await ownTimes(10_000, 8);
  const yaml = await yamlTimes(1_000, 5);
  return [
    {
      what: "keystroke to diagnostics, 1,000 nodes, median",
      unit: "ms",
      figure: small.median,
      budget: 16,
      timesPeer: 0.1,
      peers: [{ name: `yaml-language-server less its delay of ${yamlServerDelay} ms`, figure: yaml.median }],
    },
    { what: "keystroke to diagnostics, 1,000 nodes, p95", unit: "ms", figure: small.p95, budget: 33 },
    { what: "keystroke to diagnostics, 10,000 nodes, median", unit: "ms", figure: large.median, budget: 150 },
  ];
}

async function ownTimes(nodes: number, runs: number): Promise<Times> {
  const server = await startOwnServer(rowManifest(nodes));
  const times = await typeWrongAndRight(server, `node${nodes / 2}::swp1`, "swp1", runs);
  await server.end();
  return times;
}

async function yamlTimes(nodes: number, runs: number): Promise<Times> {
  const server = await startYamlServer(nodes);
  const { median, p95 } = await typeWrongAndRight(server, "kind: cvx", "cvx", runs);
  await server.end();
  return { median: median - yamlServerDelay, p95: p95 - yamlServerDelay };
}

/** Takes the last character of a word away and puts it back again: what is wrong with it appears and goes. */
async function typeWrongAndRight(server: LanguageServer, place: string, word: string, runs: number): Promise<Times> {
  const { end } = server.rangeOf(place);
  const before = { line: end.line, character: end.character - 1 };
  return timeCalls(runs, async (run) => {
    const wrong = run % 2 === 0;
    const diagnostics = wrong
      ? await server.change({ start: before, end }, "")
      : await server.change({ start: before, end: before }, word.slice(-1));
    if (wrong !== diagnostics.length > 0) throw new Error(`${diagnostics.length} diagnostics after change ${run}`);
  });
}
