import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Connection } from "node-libvirt";
import { canRunHypervisor, startHypervisor, type Hypervisor } from "../hypervisor.js";
import { makeCertificates, type Certificates } from "./certificates.js";
import { freePort } from "./loopback.js";

const reason = await canRunHypervisor();

describe.skipIf(reason !== undefined)(`TLS and TCP${reason === undefined ? "" : ` (${reason})`}`, () => {
  let hypervisor: Hypervisor;
  let folder: string;
  let certificates: Certificates;
  let tcpPort: number;
  let tlsPort: number;
  const tls = (pkipath: string, host = "localhost", more = ""): string =>
    `qemu+tls://${host}:${tlsPort}/system?pkipath=${pkipath}${more}`;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "labscape-tls-"));
    certificates = await makeCertificates(folder);
    [tcpPort, tlsPort] = [await freePort(), await freePort()];
    hypervisor = await startHypervisor({
      network: "machine",
      daemonArguments: ["--listen"],
      daemonConfiguration: [
        `listen_addr = "127.0.0.1"`,
        `listen_tcp = 1`,
        `tcp_port = "${tcpPort}"`,
        `auth_tcp = "none"`,
        `listen_tls = 1`,
        `tls_port = "${tlsPort}"`,
        `auth_tls = "none"`,
        `key_file = "${certificates.server}/serverkey.pem"`,
        `cert_file = "${certificates.server}/servercert.pem"`,
        `ca_file = "${certificates.server}/cacert.pem"`,
      ],
    });
  });
  afterAll(async () => {
    await hypervisor.stop();
    await rm(folder, { recursive: true });
  });

  it("works by tls with a certificate on each side", async () => {
    const connection = await Connection.open(tls(certificates.client));
    expect(await connection.getType()).toBe("QEMU");
    const lists = await Promise.all(Array.from({ length: 50 }, () => connection.listAllDomains()));
    expect(lists).toHaveLength(50);
    await connection.close();
  });

  it.each([
    ["signed by another authority", "stranger"],
    ["missing", "nobody"],
  ] as const)("tells that the daemon refuses a client's certificate that is %s", async (_what, who) => {
    await expect(Connection.open(tls(certificates[who]))).rejects.toMatchObject({
      name: "ConnectionError",
      code: "authentication",
      message: expect.stringMatching(/^TLS with localhost:\d+ failed: /) as string,
    });
  });

  it("refuses a server that another authority has signed", async () => {
    await expect(Connection.open(tls(certificates.suspicious))).rejects.toMatchObject({
      code: "authentication",
      cause: expect.objectContaining({ code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" }) as object,
    });
  });

  it("refuses a server with another name, unless told not to look", async () => {
    await expect(Connection.open(tls(certificates.client, "127.0.0.1"))).rejects.toMatchObject({
      code: "authentication",
      cause: expect.objectContaining({ code: "ERR_TLS_CERT_ALTNAME_INVALID" }) as object,
    });
    const trusting = await Connection.open(tls(certificates.client, "127.0.0.1", "&no_verify=1"));
    expect(await trusting.getType()).toBe("QEMU");
    await trusting.close();
  });

  it("says which file is missing", async () => {
    await expect(Connection.open(tls(path.join(folder, "absent")))).rejects.toMatchObject({
      code: "authentication",
      message: expect.stringContaining("cacert.pem") as string,
    });
  });

  it("works by tcp", async () => {
    const connection = await Connection.open(`qemu+tcp://127.0.0.1:${tcpPort}/system`);
    expect(await connection.getType()).toBe("QEMU");
    await connection.close();
  });

  it.each(["tcp", "tls"])("tells that nothing listens (%s)", async (transport) => {
    const uri = `qemu+${transport}://127.0.0.1:${await freePort()}/system?pkipath=${certificates.client}`;
    await expect(Connection.open(uri)).rejects.toMatchObject({ code: "unreachable" });
  });

  it.each(["tcp", "tls"])("does not wait for ever for a server that says nothing (%s)", async (transport) => {
    const silent: Server = createServer().listen(0, "127.0.0.1");
    await once(silent, "listening");
    const address = silent.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const uri = `qemu+${transport}://127.0.0.1:${port}/system?pkipath=${certificates.client}`;
    await expect(Connection.open(uri, { timeout: 200 })).rejects.toMatchObject({ code: "timeout" });
    const signal = AbortSignal.timeout(100);
    await expect(Connection.open(uri, { signal })).rejects.toMatchObject({ code: "aborted" });
    silent.close();
  });
});
