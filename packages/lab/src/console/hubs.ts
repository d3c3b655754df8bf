import type { Connection } from "node-libvirt";
import { ConsoleHub } from "./console-hub.js";

const hubs = new WeakMap<Connection, Map<string, ConsoleHub>>();

/**
 * The hub of a domain's serial console: always the same one for a connection, so that all who view it share its stream.
 *
 * @param index of the domain's serial ports, from 0.
 */
export function consoleHub(connection: Connection, domainUuid: string, index = 0): ConsoleHub {
  const ofConnection = hubs.get(connection) ?? new Map<string, ConsoleHub>();
  hubs.set(connection, ofConnection);
  const key = `${domainUuid}/${index}`;
  const hub = ofConnection.get(key) ?? new ConsoleHub(connection, domainUuid, index);
  ofConnection.set(key, hub);
  return hub;
}
