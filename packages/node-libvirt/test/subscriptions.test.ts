import { describe, expect, it } from "vitest";
import { ErrorCode, LibvirtError } from "node-libvirt";
import { Session } from "../src/objects/session.js";
import type { Packet } from "../src/protocol/packet.js";
import { PacketStatus } from "../src/protocol/packet.js";
import { procedures } from "../src/protocol/procedures.js";
import { Subscriptions } from "../src/rpc/subscriptions.js";
import { connect, libvirtError, type FakeConnection } from "./fake-daemon.js";

const { number: REGISTER } = procedures.CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY;
const domain = { name: "a", uuid: "11111111-1111-4111-8111-111111111111", id: 1 };

/** A connection whose daemon gives every registration a number. */
function answering(answer: (fake: FakeConnection, call: Packet) => void = accept): FakeConnection {
  const fake = connect();
  fake.daemon.onPacket = (call) => answer(fake, call);
  return fake;
}

function accept({ daemon }: FakeConnection, call: Packet): void {
  daemon.reply(call, Buffer.from([0, 0, 0, 7]));
}

function registrations({ daemon }: FakeConnection): number {
  return daemon.received.filter(({ procedure }) => procedure === REGISTER).length;
}

describe("what is listened to when the connection is made anew", () => {
  it("is asked for again, also after a connection that ended before it had answered", async () => {
    const first = answering();
    const session = new Session(first.rpc);
    const subscriptions = new Subscriptions(session);
    await subscriptions.subscribe("domain-lifecycle", () => undefined);
    first.rpc.close();

    const broken = answering(({ rpc }) => rpc.close());
    session.attach(broken.rpc);
    await expect(subscriptions.renew()).rejects.toMatchObject({ name: "ConnectionError" });

    const third = answering();
    session.attach(third.rpc);
    await subscriptions.renew();
    expect(registrations(third)).toBe(1);
    third.rpc.close();
  });

  it("is forgotten where its object is not there any more, and hinders nothing else", async () => {
    const first = answering();
    const session = new Session(first.rpc);
    const subscriptions = new Subscriptions(session);
    await subscriptions.subscribe("domain-lifecycle", () => undefined);
    await subscriptions.subscribe("domain-lifecycle", () => undefined, domain);
    first.rpc.close();

    const second = answering((fake, call) => {
      if (!call.payload.includes(Buffer.from("11111111", "hex"))) accept(fake, call);
      else fake.daemon.reply(call, libvirtError(ErrorCode.NO_DOMAIN, 10, "no domain"), { status: PacketStatus.ERROR });
    });
    session.attach(second.rpc);
    await subscriptions.renew();
    await subscriptions.renew();
    // Twice the host's, once that of the domain.
    expect(registrations(second)).toBe(3);
    second.rpc.close();
  });

  it("is not what the daemon has refused at the first time", async () => {
    const first = answering(({ daemon }, call) => {
      daemon.reply(call, libvirtError(ErrorCode.NO_SUPPORT, 10, "not here"), { status: PacketStatus.ERROR });
    });
    const session = new Session(first.rpc);
    const subscriptions = new Subscriptions(session);
    const refused = subscriptions.subscribe("domain-lifecycle", () => undefined);
    await expect(refused).rejects.toBeInstanceOf(LibvirtError);
    const second = answering();
    session.attach(second.rpc);
    await subscriptions.renew();
    expect(registrations(second)).toBe(0);
    second.rpc.close();
    first.rpc.close();
  });
});
