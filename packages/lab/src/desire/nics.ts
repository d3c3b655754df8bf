import type { NicModel } from "@labscape/devices";
import { DISCARD_PORT, UNPLUGGED_PORT, type Plug, type Wiring } from "../links/index.js";
import type { ManagementLayout } from "../management/index.js";
import type { XmlElement } from "../xml.js";
import type { Machine, MachineNic } from "./machines.js";

/** A NIC of a node, in the domain's order. */
export interface DesiredNic {
  readonly role: MachineNic["role"];
  readonly index: number;
  readonly name: string;
  readonly mac: string;
  readonly xml: XmlElement;
  /** The part of it that cannot change while the node runs. */
  readonly fixedXml: XmlElement;
  readonly state: "up" | "down";
  /** What it is plugged into, without the state; for facets. */
  readonly plugged: string;
  /** Whether it can be plugged over while the node runs. */
  readonly hot: boolean;
  /** Name of its tap, where that is ours: of a wire, or ready for one. */
  readonly tap: string | undefined;
}

export interface NicOptions {
  /** The lab's address for UDP links. */
  readonly loopback: string;
  /** Whether wires can be plugged over while their nodes run. */
  readonly replug: boolean;
}

export function nicKey(label: string, nic: number): string {
  return `${label}/nic/${nic}`;
}

/**
 * All NICs of a machine. Ports without a cable are there, with their link down, so that port
 * numbers stay right.
 */
export function desiredNics(
  machine: Machine,
  macs: ReadonlyMap<string, string>,
  wiring: Wiring,
  management: ManagementLayout,
  { loopback, replug }: NicOptions,
): readonly DesiredNic[] {
  const { node, label } = machine;
  const { hardware } = node.model;
  const plugs = wiring.plugs.get(node.name);
  const connect = (port: MachineNic): NicConnection => {
    switch (port.role) {
      case "data":
      case "mirror":
        return dataConnection(plugs?.get(port.index), { loopback, replug });
      case "internal":
        return dataConnection(wiring.internal.get(label)?.get(port.name), { loopback, replug });
      case "management":
        return managementConnection(management, loopback);
      case "reserved":
        return unplugged(loopback);
    }
  };
  return machine.nics.map((port, position) => {
    const mac = macs.get(nicKey(label, position)) ?? "";
    const carries = port.role === "data" || port.role === "mirror" || port.role === "internal";
    const model = carries ? hardware.nicModel : hardware.managementNicModel;
    const connection = connect(port);
    const { state, plugged, hot, device } = connection;
    return {
      role: port.role,
      index: port.index,
      name: port.name,
      mac,
      state,
      plugged,
      hot,
      tap: device,
      xml: interfaceXml(mac, model, connection),
      // A tap stays what it is, whatever it is joined with. The MTU is part of all NICs that have one.
      fixedXml:
        hot && device === undefined
          ? { mac: { "@address": mac }, model: { "@type": model }, ...mtuXml(connection) }
          : interfaceXml(mac, model, { ...connection, state: "up" }),
    };
  });
}

interface NicConnection {
  readonly type: "udp" | "network" | "bridge" | "user" | "ethernet";
  /** Name of the tap on the host; libvirt chooses it otherwise. */
  readonly device?: string;
  readonly source?: XmlElement;
  readonly mtu?: number | undefined;
  readonly state: "up" | "down";
  readonly plugged: string;
  readonly hot: boolean;
}

function dataConnection(plug: Plug | undefined, { loopback, replug }: NicOptions): NicConnection {
  switch (plug?.kind) {
    case undefined:
      return unplugged(loopback);
    case "udp": {
      const { local, remote, state } = plug;
      return {
        type: "udp",
        source: {
          "@address": remote.address,
          "@port": remote.port,
          local: { "@address": local.address, "@port": local.port },
        },
        state,
        plugged: `udp ${local.address}:${local.port} ${remote.address}:${remote.port}`,
        hot: false,
      };
    }
    case "network":
      return {
        type: "network",
        source: { "@network": plug.network },
        mtu: plug.mtu,
        state: plug.state,
        plugged: plugText("network", plug.network, plug.mtu),
        hot: true,
      };
    case "wire":
      return {
        type: "ethernet",
        device: plug.near,
        mtu: plug.mtu,
        state: plug.state,
        // With the other end, though the NIC knows nothing of it: hooks join the taps.
        plugged: plugText("wire", `${plug.near} ${plug.far}`, plug.mtu),
        hot: replug,
      };
    case "tap":
      return { type: "ethernet", device: plug.near, state: "down", plugged: "", hot: replug };
    case "host-bridge":
      return {
        type: "bridge",
        source: { "@bridge": plug.bridge },
        mtu: plug.mtu,
        state: plug.state,
        plugged: plugText("bridge", plug.bridge, plug.mtu),
        hot: true,
      };
  }
}

/** Without blanks at its end: XML that is read back has none there. */
function plugText(kind: string, into: string, mtu: number | undefined): string {
  return mtu === undefined ? `${kind} ${into}` : `${kind} ${into} ${mtu}`;
}

function managementConnection(management: ManagementLayout, loopback: string): NicConnection {
  switch (management.kind) {
    case "none":
      return unplugged(loopback);
    case "user":
      return { type: "user", state: "up", plugged: "user", hot: false };
    case "network":
      return {
        type: "network",
        source: { "@network": management.name },
        state: "up",
        plugged: `network ${management.name}`,
        hot: true,
      };
  }
}

/** A NIC that libvirt can make without anything on the host, and that reaches nobody. */
function unplugged(loopback: string): NicConnection {
  return {
    type: "udp",
    source: {
      "@address": loopback,
      "@port": DISCARD_PORT,
      local: { "@address": loopback, "@port": UNPLUGGED_PORT },
    },
    state: "down",
    plugged: "",
    hot: false,
  };
}

/** The MTU of `udp` NICs is the guest's affair alone: libvirt refuses it there, and every frame passes. */
function interfaceXml(mac: string, model: NicModel, connection: NicConnection): XmlElement {
  return {
    "@type": connection.type,
    mac: { "@address": mac },
    source: connection.source,
    ...(connection.device === undefined ? {} : { target: { "@dev": connection.device } }),
    model: { "@type": model },
    ...mtuXml(connection),
    link: { "@state": connection.state },
  };
}

function mtuXml({ mtu }: NicConnection): XmlElement {
  return mtu === undefined ? {} : { mtu: { "@size": mtu } };
}
