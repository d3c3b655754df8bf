import { once } from "node:events";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { untilPortAnswers } from "../../src/readiness/tcp.js";

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.close();
    await once(server, "close");
  }
});

async function listen(port: number, onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    onConnection(socket);
  });
  servers.push(server);
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const port = await listen(0, () => undefined);
  const server = servers.pop();
  server?.close();
  if (server !== undefined) await once(server, "close");
  return port;
}

describe("untilPortAnswers", () => {
  it("resolves when a port that was refused begins to listen", async () => {
    const port = await freePort();
    const answered = untilPortAnswers({ host: "127.0.0.1", port, greets: false }, new AbortController().signal);
    await listen(port, (socket) => socket.end());
    await answered;
  });

  it("waits for a greeting where a forwarder accepts before the node does", async () => {
    let accepted = 0;
    const port = await listen(0, (socket) => {
      accepted += 1;
      if (accepted === 1) socket.destroy();
      else socket.end("SSH-2.0\r\n");
    });
    await untilPortAnswers({ host: "127.0.0.1", port, greets: true }, new AbortController().signal);
    expect(accepted).toBe(2);
  });

  it("ends with the signal's reason, between attempts and within one", async () => {
    const port = await freePort();
    const silent = await listen(0, () => undefined);
    for (const target of [
      { host: "127.0.0.1", port, greets: false },
      { host: "127.0.0.1", port: silent, greets: true },
    ]) {
      const controller = new AbortController();
      const attempt = untilPortAnswers(target, controller.signal);
      setImmediate(() => controller.abort(new Error("enough")));
      await expect(attempt).rejects.toThrow(/enough|aborted/);
    }
  });
});
