import { text as readText } from "node:stream/consumers";
import { isNotFound, type Connection } from "node-libvirt";
import type { LabSecret } from "../contracts.js";
import { SECRET_VOLUME } from "../desire/index.js";
import { nodeRole, resourceUuid, type LabIdentity, type ResourceMetadata } from "../identity/index.js";
import { attributeOf, childOf, childrenOf, elementsIn, parseXml, textOf } from "../xml.js";
import type { DomainCondition, Survey, SurveyedNetwork } from "./survey.js";

export interface ObservedDomain {
  readonly uuid: string;
  readonly name: string;
  readonly condition: DomainCondition;
  readonly metadata: ResourceMetadata;
  /** Paths of its disks. */
  readonly disks: readonly string[];
  /** Names of the taps that its definition gives to them. */
  readonly taps: readonly string[];
}

export interface ObservedNetwork {
  readonly uuid: string;
  readonly name: string;
  readonly active: boolean;
  readonly metadata: ResourceMetadata;
  readonly mtu: number | undefined;
  /** DHCP reservations and DNS records of nodes: "mac|name|address". */
  readonly hosts: readonly string[];
}

export interface ObservedPool {
  readonly uuid: string;
  readonly name: string;
  readonly path: string;
  readonly active: boolean;
  /** Names; empty while it is stopped. */
  readonly volumes: readonly string[];
}

/** What a host has of one lab. */
export interface ObservedLab {
  readonly domains: readonly ObservedDomain[];
  readonly networks: readonly ObservedNetwork[];
  readonly pool: ObservedPool | undefined;
  readonly secret: KeptSecret | undefined;
}

/** What the lab's pool keeps for all first-boot data, so that it stays the same from run to run. */
export interface KeptSecret extends LabSecret {
  /** Public keys of the user who made the lab. */
  readonly userKeys?: readonly string[];
}

/** Whether an object is the lab's: its metadata say so and its UUID is the one that they lead to. */
export function isOfLab(
  identity: LabIdentity,
  object: { readonly uuid: string; readonly metadata: ResourceMetadata | undefined },
): object is { readonly uuid: string; readonly metadata: ResourceMetadata } {
  const { metadata } = object;
  if (metadata?.owner !== identity.owner || metadata.lab !== identity.lab) return false;
  return object.uuid === resourceUuid(identity, roleOf(metadata));
}

function roleOf({ role, name, member }: ResourceMetadata): Parameters<typeof resourceUuid>[1] {
  switch (role) {
    case "node":
      return nodeRole(name, member);
    case "link":
      return `link/${name}`;
    case "bridge":
      return `bridge/${name}`;
    default:
      return "network/management";
  }
}

/** Picks one lab out of a survey, and reads its pool. */
export async function observeLab(connection: Connection, survey: Survey, identity: LabIdentity): Promise<ObservedLab> {
  const pool = survey.pools.find(({ uuid }) => uuid === resourceUuid(identity, "pool"));
  return {
    domains: survey.domains.flatMap((domain) => {
      if (!isOfLab(identity, domain)) return [];
      const { uuid, name, condition, metadata, xml } = domain;
      const disks = elementsIn(xml, "disk").flatMap((disk) => attributeOf(childOf(disk, "source"), "file") ?? []);
      const taps = [...xml.matchAll(/<target dev=['"](lw[0-9a-f]+)['"]/g)].flatMap(([, tap]) => tap ?? []);
      return [{ uuid, name, condition, metadata, disks, taps }];
    }),
    networks: survey.networks.flatMap((network) => {
      if (!isOfLab(identity, network)) return [];
      const { uuid, name, active, metadata, definition } = network;
      const mtu = attributeOf(childOf(definition, "mtu"), "size");
      return [
        { uuid, name, active, metadata, mtu: mtu === undefined ? undefined : Number(mtu), hosts: hostsOf(network) },
      ];
    }),
    ...(await observePool(connection, pool?.uuid)),
  };
}

/** One text for an entry, to compare those that are with those that should be. */
export function hostText(host: { readonly mac: string; readonly node: string; readonly address: string }): string {
  return `${host.mac.toLowerCase()}|${host.node}|${host.address}`;
}

function hostsOf({ definition }: SurveyedNetwork): readonly string[] {
  const ip = childrenOf(definition, "ip").find((element) => childOf(element, "dhcp") !== undefined);
  return childrenOf(childOf(ip, "dhcp"), "host").map((host) =>
    hostText({
      mac: attributeOf(host, "mac") ?? "",
      node: attributeOf(host, "name") ?? "",
      address: attributeOf(host, "ip") ?? "",
    }),
  );
}

async function observePool(
  connection: Connection,
  uuid: string | undefined,
): Promise<Pick<ObservedLab, "pool" | "secret">> {
  if (uuid === undefined) return { pool: undefined, secret: undefined };
  try {
    const pool = await connection.storagePoolLookupByUuid(uuid);
    const [xml, active] = await Promise.all([pool.getXmlDesc(), pool.isActive()]);
    const volumes = active ? await pool.listAllVolumes() : [];
    const path = textOf(childOf(parseXml(xml, "pool"), "target", "path")) ?? "";
    const kept = volumes.find(({ name }) => name === SECRET_VOLUME);
    return {
      pool: { uuid, name: pool.name, path, active, volumes: volumes.map(({ name }) => name) },
      secret: kept === undefined ? undefined : readSecret(await readText(await kept.download())),
    };
  } catch (error) {
    if (isNotFound(error)) return { pool: undefined, secret: undefined };
    throw error;
  }
}

/** Undefined for a file that was not written to its end; the lab then gets a new one. */
function readSecret(text: string): KeptSecret | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || !("password" in value) || !("passwordHash" in value)) {
    return undefined;
  }
  const { password, passwordHash } = value;
  if (typeof password !== "string" || typeof passwordHash !== "string") return undefined;
  const keys: unknown = "userKeys" in value ? value.userKeys : undefined;
  const userKeys = Array.isArray(keys) ? keys.filter((key) => typeof key === "string") : undefined;
  return { password, passwordHash, ...(userKeys === undefined ? {} : { userKeys }) };
}
