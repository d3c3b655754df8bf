import { SkipLine, type Result } from "../result.js";
import { rowManifest } from "../support/labs.js";
import { startOwnServer } from "../support/servers.js";

const nodes = 10_000;
const changes = 100;

/** What the server holds after some typing in a large lab. */
export default async function measure(): Promise<readonly Result[]> {
  const server = await startOwnServer(rowManifest(nodes));
  const { end } = server.rangeOf(`node${nodes / 2}::swp1`);
  const before = { line: end.line, character: end.character - 1 };
  for (let change = 0; change < changes; change++) {
    if (change % 2 === 0) await server.change({ start: before, end }, "");
    else await server.change({ start: before, end: before }, "1");
  }
  const memory = server.residentMemory();
  await server.end();
  if (memory === undefined) throw new SkipLine("only Linux says how much memory a process has");
  return [{ what: `server memory, 10,000 nodes, after ${changes} changes`, unit: "MB", figure: memory, budget: 250 }];
}
