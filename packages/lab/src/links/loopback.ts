import { identityDigest, type LabIdentity } from "../identity/index.js";

/**
 * The loopback address that carries a lab's UDP links: one of 127.1.0.1 to 127.254.255.254, from the identity.
 *
 * QEMU opens its sockets with SO_REUSEADDR, so two domains on one local address and port start without an error and share
 * the frames. Ports are therefore allocated against all definitions of the host; an address for each lab keeps apart what
 * such a look cannot see: labs planned at the same moment, and labs of the system and of a session daemon.
 */
export function loopbackAddress(identity: LabIdentity, daemon: string): string {
  const digest = identityDigest(identity, `loopback/${daemon}`);
  return `127.${1 + (digest.readUInt8(0) % 254)}.${digest.readUInt8(1)}.${1 + (digest.readUInt8(2) % 254)}`;
}
