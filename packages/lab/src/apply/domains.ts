import {
  Affect,
  type Connection,
  type Domain,
  DomainDefineFlag,
  DomainState,
  DomainUndefineFlag,
  isNotFound,
  MetadataType,
  MonitorFlag,
} from "node-libvirt";
import { isOwnVolume } from "../desire/index.js";
import { LabError } from "../errors.js";
import { RESOURCE_NAMESPACE } from "../identity/index.js";
import type { Operation } from "../plan/index.js";
import { findPool } from "./pools.js";
import { deleteVolume } from "./volumes.js";

const UNDEFINE_ALL =
  DomainUndefineFlag.MANAGED_SAVE |
  DomainUndefineFlag.SNAPSHOTS_METADATA |
  DomainUndefineFlag.NVRAM |
  DomainUndefineFlag.CHECKPOINTS_METADATA;

/** @param drop volumes that the definition has no use for. */
export async function defineDomain(
  connection: Connection,
  xml: string,
  poolUuid: string,
  drop: readonly string[],
): Promise<void> {
  await connection.domainDefineXml(xml, DomainDefineFlag.VALIDATE);
  const pool = drop.length === 0 ? undefined : await findPool(connection, poolUuid);
  if (pool === undefined) return;
  for (const name of drop) await deleteVolume(pool, name);
}

/** Changes the running domain, then the definition: its hash says that both are done. */
export async function updateDomain(
  connection: Connection,
  { uuid, xml, nics, description }: Extract<Operation, { readonly kind: "update-domain" }>,
): Promise<void> {
  const domain = await connection.domainLookupByUuid(uuid);
  if (await domain.isActive()) {
    for (const nic of nics) await domain.updateDevice(nic, Affect.LIVE);
    if (description !== undefined) {
      const text = description === "" ? undefined : description;
      await domain.setMetadata(MetadataType.DESCRIPTION, text, undefined, undefined, Affect.LIVE);
    }
  }
  await connection.domainDefineXml(xml, DomainDefineFlag.VALIDATE);
}

/** Pulls or plugs one end of a cable, now and in the definition; what the definition says of itself comes last. */
export async function setLink(connection: Connection, uuid: string, nic: string, resource: string): Promise<void> {
  const domain = await connection.domainLookupByUuid(uuid);
  const flags = (await domain.isActive()) ? Affect.LIVE | Affect.CONFIG : Affect.CONFIG;
  await domain.updateDevice(nic, flags);
  await domain.setMetadata(MetadataType.ELEMENT, resource, "labscape", RESOURCE_NAMESPACE, flags);
}

/** @param sshPort forwarded to the node's ssh, in user networking. */
export async function startDomain(connection: Connection, uuid: string, sshPort: number | undefined): Promise<void> {
  const domain = await connection.domainLookupByUuid(uuid);
  const { state } = await domain.getState();
  if (state === DomainState.PAUSED) await domain.resume();
  else if (!(await domain.isActive())) await domain.create();
  if (sshPort !== undefined) await forwardSsh(domain, sshPort);
}

export async function suspendDomain(connection: Connection, uuid: string): Promise<void> {
  const domain = await connection.domainLookupByUuid(uuid);
  const { state } = await domain.getState();
  if (state !== DomainState.PAUSED) await domain.suspend();
}

export async function resumeDomain(connection: Connection, uuid: string): Promise<void> {
  const domain = await connection.domainLookupByUuid(uuid);
  const { state } = await domain.getState();
  if (state === DomainState.PAUSED) await domain.resume();
}

/** Powers it off; a guest is not asked. */
export async function stopDomain(connection: Connection, uuid: string): Promise<void> {
  const domain = await findDomain(connection, uuid);
  if (domain !== undefined && (await domain.isActive())) await domain.destroy();
}

export async function removeDomain(
  connection: Connection,
  uuid: string,
  poolUuid: string,
  volumePrefix: string,
): Promise<void> {
  await stopDomain(connection, uuid);
  await (await findDomain(connection, uuid))?.undefine(UNDEFINE_ALL);
  const pool = await findPool(connection, poolUuid);
  if (pool === undefined || !(await pool.isActive())) return;
  for (const { name } of await pool.listAllVolumes()) {
    if (name.startsWith(volumePrefix) && isOwnVolume(name)) await deleteVolume(pool, name);
  }
}

/**
 * Lets the hypervisor's loopback reach the node's ssh through QEMU's user networking. QEMU forgets it when the domain stops.
 * @throws LabError `forward-failed`.
 */
export async function forwardSsh(domain: Domain, port: number): Promise<void> {
  const present = await domain.monitorCommand("info usernet", MonitorFlag.HMP);
  if (new RegExp(`HOST_FORWARD.*\\s${port}\\s`).test(present)) return;
  // The management NIC is the domain's first: libvirt calls its back end hostnet0.
  const answer = await domain.monitorCommand(`hostfwd_add hostnet0 tcp:127.0.0.1:${port}-:22`, MonitorFlag.HMP);
  if (answer.trim() === "") return;
  throw new LabError(
    "forward-failed",
    `${domain.name}: QEMU cannot listen on 127.0.0.1:${port} (${answer.trim()})`,
    "Another program has taken the port: end it, then restart the node.",
  );
}

export async function findDomain(connection: Connection, uuid: string): Promise<Domain | undefined> {
  try {
    return await connection.domainLookupByUuid(uuid);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
