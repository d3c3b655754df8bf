import { describe, expect, it } from "vitest";
import { authenticate, type CredentialSource } from "../src/auth/authenticate.js";
import { Session } from "../src/objects/session.js";
import type { Codec } from "../src/protocol/codec.js";
import { PacketStatus } from "../src/protocol/packet.js";
import { procedures } from "../src/protocol/procedures.js";
import { XdrWriter } from "../src/protocol/xdr.js";
import { parseUri } from "../src/transport/uri.js";
import { connect, libvirtError, type FakeConnection } from "./fake-daemon.js";

const NONE = 0;
const SASL = 1;
const POLKIT = 2;

function encode<T>(codec: Codec<T>, value: T): Buffer {
  const writer = new XdrWriter();
  codec.write(writer, value);
  return Buffer.from(writer.bytes());
}

/** A daemon that wants one of these; `polkit` false means that polkit says no. */
function daemonThatWants(types: readonly number[], mechlist = "", polkit = true): FakeConnection & { calls: number[] } {
  const connection = connect();
  const calls: number[] = [];
  const { AUTH_LIST, AUTH_POLKIT, AUTH_SASL_INIT } = procedures;
  connection.daemon.onPacket = (call) => {
    calls.push(call.procedure);
    if (call.procedure === AUTH_LIST.number) connection.daemon.reply(call, encode(AUTH_LIST.results, { types }));
    else if (call.procedure === AUTH_SASL_INIT.number)
      connection.daemon.reply(call, encode(AUTH_SASL_INIT.results, { mechlist }));
    else if (polkit) connection.daemon.reply(call, encode(AUTH_POLKIT.results, { complete: 1 }));
    else connection.daemon.reply(call, libvirtError(45, 7, "authentication cancelled"), { status: PacketStatus.ERROR });
  };
  return { ...connection, calls };
}

function logIn(
  { rpc }: FakeConnection,
  source?: CredentialSource,
  uri = "qemu:///system",
  signal?: AbortSignal,
): Promise<void> {
  return authenticate(new Session(rpc), parseUri(uri), source, signal ?? new AbortController().signal);
}

const ada = { username: "ada", password: "pencil" };

describe("authentication", () => {
  it("does nothing where the daemon wants nothing", async () => {
    for (const types of [[], [NONE], [NONE, SASL]]) {
      const daemon = daemonThatWants(types);
      await logIn(daemon);
      expect(daemon.calls).toEqual([procedures.AUTH_LIST.number]);
    }
  });

  it("lets polkit decide", async () => {
    await logIn(daemonThatWants([POLKIT]));
    await expect(logIn(daemonThatWants([POLKIT], "", false))).rejects.toMatchObject({
      name: "ConnectionError",
      code: "authentication",
      message: "the libvirt daemon does not let this client in: authentication cancelled",
    });
  });

  it.each<[string, readonly number[], string, CredentialSource | undefined, RegExp]>([
    ["SASL and there is no password", [SASL], "SCRAM-SHA-256", undefined, /option `credentials`/],
    ["mechanisms that are not here", [SASL], "GSSAPI,DIGEST-MD5", ada, /GSSAPI, DIGEST-MD5/],
    ["the password in clear text", [SASL], "PLAIN", ada, /qemu\+tls/],
    ["something unknown", [9], "", ada, /type 9/],
  ])("tells when the daemon wants %s", async (_what, types, mechlist, source, message) => {
    const daemon = daemonThatWants(types, mechlist);
    await expect(logIn(daemon, source)).rejects.toMatchObject({
      code: "authentication",
      message: expect.stringMatching(message) as string,
    });
    expect(daemon.calls).not.toContain(procedures.AUTH_SASL_START.number);
  });

  it("does not wait for somebody who never gives a password", async () => {
    const abort = new AbortController();
    const source = (): Promise<never> => {
      abort.abort();
      return new Promise(() => undefined);
    };
    await expect(logIn(daemonThatWants([SASL]), source, "qemu:///system", abort.signal)).rejects.toMatchObject({
      code: "aborted",
    });
  });
});
