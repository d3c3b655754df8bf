import { createServer } from "node:net";
import type { Host } from "./host.js";

/** Forwarded ssh ports are given out from here on. */
const FIRST_PORT = 22_000;
const LAST_PORT = 32_767;

/**
 * TCP ports of the hypervisor's loopback that no lab has and, on this machine, nobody listens on.
 * @param taken ports that definitions on the host have reserved.
 */
export async function freeTcpPorts(host: Host, count: number, taken: ReadonlySet<number>): Promise<readonly number[]> {
  const found: number[] = [];
  for (let port = FIRST_PORT; port <= LAST_PORT && found.length < count; port++) {
    if (!taken.has(port) && (!host.local || (await isFree(port)))) found.push(port);
  }
  return found;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
