import type { HostConnection, LabServices } from "./contracts.js";
import { buildSeed, createSecret, userPublicKeys } from "./firstboot/index.js";
import { ImageStore } from "./images/index.js";
import { waitReady } from "./readiness/index.js";

/** What planning and applying need beside the connection: the store's images, first-boot data, the user's keys, readiness. */
export function labServices(host: HostConnection): LabServices {
  return {
    images: new ImageStore(host),
    buildSeed,
    createSecret,
    userKeys: () => userPublicKeys(),
    waitReady,
  };
}
