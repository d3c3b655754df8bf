import {
  Affect,
  type Connection,
  ErrorCode,
  isNotFound,
  LibvirtError,
  type Network,
  NetworkUpdate,
} from "node-libvirt";
import type { HostEntry } from "../plan/index.js";

/** Defines a network and starts it, whatever state it is in. */
export async function createNetwork(connection: Connection, xml: string): Promise<void> {
  const network = await connection.networkDefineXml(xml);
  if (!(await network.isActive())) await network.create();
  // It is back after a restart of the host: domains cannot start without it.
  await network.setAutostart(true);
}

export async function startNetwork(connection: Connection, uuid: string): Promise<void> {
  const network = await connection.networkLookupByUuid(uuid);
  if (!(await network.isActive())) await network.create();
}

export async function replaceNetwork(connection: Connection, uuid: string, xml: string): Promise<void> {
  await removeNetwork(connection, uuid);
  await createNetwork(connection, xml);
}

export async function removeNetwork(connection: Connection, uuid: string): Promise<void> {
  const network = await findNetwork(connection, uuid);
  if (network === undefined) return;
  if (await network.isActive()) await network.destroy();
  await network.undefine();
}

/**
 * Changes entries of DHCP and DNS while the network runs. An entry's DHCP half comes last when it is added and first when it
 * is removed: plans look at that half, so what was cut off in between is done again.
 */
export async function updateNetworkHosts(
  connection: Connection,
  uuid: string,
  remove: readonly HostEntry[],
  add: readonly HostEntry[],
): Promise<void> {
  const { Command, Section } = NetworkUpdate;
  const network = await connection.networkLookupByUuid(uuid);
  const flags = (await network.isActive()) ? Affect.LIVE | Affect.CONFIG : Affect.CONFIG;
  const update = (command: number, section: number, xml: string): Promise<void> =>
    unlessDone(network.update(command, section, -1, xml, flags));
  for (const { dhcp, dns } of remove) {
    await update(Command.DELETE, Section.DNS_HOST, dns);
    await update(Command.DELETE, Section.IP_DHCP_HOST, dhcp);
  }
  for (const { dhcp, dns } of add) {
    await update(Command.ADD_LAST, Section.DNS_HOST, dns);
    await update(Command.ADD_LAST, Section.IP_DHCP_HOST, dhcp);
  }
}

/** libvirt refuses to add what is there and to delete what is not (OPERATION_INVALID): both mean that it was done before. */
async function unlessDone(update: Promise<void>): Promise<void> {
  try {
    await update;
  } catch (error) {
    const done =
      error instanceof LibvirtError &&
      error.code === ErrorCode.OPERATION_INVALID &&
      /(already exists|there is an existing|couldn't locate|could not locate|not found)/i.test(error.message);
    if (!done) throw error;
  }
}

async function findNetwork(connection: Connection, uuid: string): Promise<Network | undefined> {
  try {
    return await connection.networkLookupByUuid(uuid);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
