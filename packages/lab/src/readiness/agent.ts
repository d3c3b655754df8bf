import { once } from "node:events";
import { AgentState, type Connection, type Domain } from "node-libvirt";
import { attributeOf, childOf, childrenOf, parseXml } from "../xml.js";

/** Resolves when the guest agent of the domain has connected. @throws the signal's reason. */
export async function untilAgentConnects(connection: Connection, domain: Domain, signal: AbortSignal): Promise<void> {
  const connected = new AbortController();
  // Events first, the present state second, so that no change falls between them.
  const subscription = await connection.subscribe(
    "domain-agent-lifecycle",
    ({ state }) => {
      if (state === AgentState.CONNECTED) connected.abort();
    },
    domain,
  );
  try {
    if (await isConnected(domain)) return;
    signal.throwIfAborted();
    if (!connected.signal.aborted) await once(connected.signal, "abort", { signal });
  } finally {
    await subscription.unsubscribe();
  }
}

async function isConnected(domain: Domain): Promise<boolean> {
  const devices = childOf(parseXml(await domain.getXmlDesc(), "domain"), "devices");
  return childrenOf(devices, "channel").some((channel) => {
    const target = childOf(channel, "target");
    return attributeOf(target, "name") === "org.qemu.guest_agent.0" && attributeOf(target, "state") === "connected";
  });
}
