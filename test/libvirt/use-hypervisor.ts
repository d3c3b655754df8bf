import { afterAll, beforeAll } from "vitest";
import { openHost, type Host } from "@labscape/lab";
import { Connection } from "node-libvirt";
import { startHypervisor, type Hypervisor, type HypervisorOptions } from "./hypervisor.js";

/**
 * Gives a suite a hypervisor of its own and a connection to it, before its own hooks run; both end after these.
 * @param give is told them when they are there.
 */
export function useHypervisor(
  give: (started: { readonly hypervisor: Hypervisor; readonly connection: Connection }) => void,
  options: HypervisorOptions = {},
): void {
  use(
    (uri) => Connection.open(uri),
    options,
    (hypervisor, connection) => give({ hypervisor, connection }),
  );
}

/** The same for tests of the engine. */
export function useHost(
  give: (started: { readonly hypervisor: Hypervisor; readonly host: Host }) => void,
  options: HypervisorOptions = {},
): void {
  use(
    (uri) => openHost({ uri }),
    options,
    (hypervisor, host) => give({ hypervisor, host }),
  );
}

function use<T extends { close(): Promise<void> }>(
  open: (uri: string) => Promise<T>,
  options: HypervisorOptions,
  give: (hypervisor: Hypervisor, opened: T) => void,
): void {
  let hypervisor: Hypervisor | undefined;
  let opened: T | undefined;
  beforeAll(async () => {
    hypervisor = await startHypervisor(options);
    opened = await open(hypervisor.uri);
    give(hypervisor, opened);
  });
  afterAll(async () => {
    await opened?.close();
    await hypervisor?.stop();
  });
}
