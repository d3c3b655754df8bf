import { createHash } from "node:crypto";
import { uuidV5 } from "./uuid.js";

/** Drawn once at random; every identity of every lab derives from it. */
const NAMESPACE = "7d0e62c3-2f8f-4b53-9c41-51c8a1f0b6de";

/** Who a lab is on a host: two owners may have labs of the same name. */
export interface LabIdentity {
  readonly owner: string;
  readonly lab: string;
  readonly uuid: string;
}

export function labIdentity(owner: string, lab: string): LabIdentity {
  return { owner, lab, uuid: uuidV5(NAMESPACE, labKey(owner, lab)) };
}

/** Tells a lab from all others of a host, as a key of maps. */
export function labKey(owner: string, lab: string): string {
  return JSON.stringify([owner, lab]);
}

/** What a resource is in its lab; with the identity it gives the resource's UUID. */
export type Role = `node/${string}` | "pool" | `network/${string}` | `link/${string}` | `bridge/${string}`;

/** Role of a node's domain; `member` is empty for a device of one virtual machine. */
export function nodeRole(node: string, member: string): Role {
  return member === "" ? `node/${node}` : `node/${node}/${member}`;
}

export function resourceUuid(identity: LabIdentity, role: Role): string {
  return uuidV5(identity.uuid, role);
}

/** Bytes that stay the same for the same lab and purpose, for names and addresses that derive from the identity. */
export function identityDigest(identity: LabIdentity, purpose: string): Buffer {
  return createHash("sha256").update(identity.uuid).update("\0").update(purpose, "utf8").digest();
}
