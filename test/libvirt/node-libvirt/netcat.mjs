#!/usr/bin/env node
// Stands for netcat on the remote side of the ssh tests: `nc [-q0] -U SOCKET`, and `-q` alone as OpenBSD's answers it.
import { createConnection } from "node:net";

const args = process.argv.slice(2);
if (args.length === 1) {
  console.error("nc: option requires an argument -- 'q'");
  process.exit(1);
}
const socket = createConnection(args.at(-1));
process.stdin.pipe(socket).pipe(process.stdout);
process.stdin.once("end", () => socket.destroy());
