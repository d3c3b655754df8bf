import {
  array,
  double,
  flag,
  hyper,
  int,
  optional,
  string,
  struct,
  uhyper,
  uint,
  uuid,
  type Codec,
  type Decoded,
} from "./codec.js";
import { ProtocolError } from "./xdr.js";

/** Structures of libvirt's remote protocol (src/remote/remote_protocol.x of libvirt), fields in wire order. */

export const domain = struct({ name: string, uuid, id: int });
export const network = struct({ name: string, uuid });
export const storagePool = struct({ name: string, uuid });
export const storageVol = struct({ pool: string, name: string, key: string });
export const nwfilter = struct({ name: string, uuid });
export const nwfilterBinding = struct({ portDev: string, filterName: string });
export const domainSnapshot = struct({ name: string, dom: domain });
export const hostInterface = struct({ name: string, mac: string });
export const nodeStat = struct({ field: string, value: uhyper });
export const memoryStat = struct({ tag: int, val: uhyper });

export type DomainHandle = Decoded<typeof domain>;
export type NetworkHandle = Decoded<typeof network>;
export type StoragePoolHandle = Decoded<typeof storagePool>;
export type StorageVolumeHandle = Decoded<typeof storageVol>;
export type NetworkFilterHandle = Decoded<typeof nwfilter>;
export type NetworkFilterBindingHandle = Decoded<typeof nwfilterBinding>;
export type DomainSnapshotHandle = Decoded<typeof domainSnapshot>;
export type HostInterface = Decoded<typeof hostInterface>;

/** Payload of a reply or stream packet with status "error". */
export const error = struct({
  code: int,
  domain: int,
  message: optional(string),
  level: int,
  dom: optional(domain),
  str1: optional(string),
  str2: optional(string),
  str3: optional(string),
  int1: int,
  int2: int,
  net: optional(network),
});

/** Payload of a "stream hole": so many zero bytes (virnetprotocol.x). */
export const streamHole = struct({ length: hyper, flags: uint });

/** A typed parameter: the type tag of the wire is kept, so that a value read can be sent back unchanged. */
export type TypedValue =
  | { readonly type: "int" | "uint" | "double"; readonly value: number }
  | { readonly type: "llong" | "ullong"; readonly value: bigint }
  | { readonly type: "boolean"; readonly value: boolean }
  | { readonly type: "string"; readonly value: string };

/** virTypedParameterType. */
const TYPE_NUMBERS = { int: 1, uint: 2, llong: 3, ullong: 4, double: 5, boolean: 6, string: 7 } as const;

export const typedValue: Codec<TypedValue> = {
  size: 8,
  write(w, v) {
    w.uint(TYPE_NUMBERS[v.type]);
    switch (v.type) {
      case "int":
        w.int(v.value);
        break;
      case "uint":
        w.uint(v.value);
        break;
      case "llong":
        w.hyper(v.value);
        break;
      case "ullong":
        w.uhyper(v.value);
        break;
      case "double":
        w.double(v.value);
        break;
      case "boolean":
        flag.write(w, v.value);
        break;
      case "string":
        w.string(v.value);
    }
  },
  read(r) {
    const tag = r.uint();
    switch (tag) {
      case 1:
        return { type: "int", value: int.read(r) };
      case 2:
        return { type: "uint", value: uint.read(r) };
      case 3:
        return { type: "llong", value: hyper.read(r) };
      case 4:
        return { type: "ullong", value: uhyper.read(r) };
      case 5:
        return { type: "double", value: double.read(r) };
      case 6:
        return { type: "boolean", value: flag.read(r) };
      case 7:
        return { type: "string", value: r.string() };
      default:
        throw new ProtocolError(`unknown type ${tag} of a typed parameter`);
    }
  },
};

export const typedParam = struct({ field: string, value: typedValue });
export type TypedParam = Decoded<typeof typedParam>;

export const domainStatsRecord = struct({ dom: domain, params: array(typedParam) });
export const domainIpAddress = struct({ type: int, addr: string, prefix: uint });
export const domainInterface = struct({ name: string, hwaddr: optional(string), addrs: array(domainIpAddress) });
export type DomainInterface = Decoded<typeof domainInterface>;

export const dhcpLease = struct({
  iface: string,
  expirytime: hyper,
  type: int,
  mac: optional(string),
  iaid: optional(string),
  ipaddr: string,
  prefix: uint,
  hostname: optional(string),
  clientid: optional(string),
});
export type DhcpLease = Decoded<typeof dhcpLease>;

export const lifecycleMessage = struct({ dom: domain, event: int, detail: int });
export const rebootMessage = struct({ dom: domain });
export const ioErrorMessage = struct({ dom: domain, srcPath: string, devAlias: string, action: int, reason: string });
export const graphicsAddress = struct({ family: int, node: string, service: string });
export const graphicsIdentity = struct({ type: string, name: string });
export const graphicsMessage = struct({
  dom: domain,
  phase: int,
  local: graphicsAddress,
  remote: graphicsAddress,
  authScheme: string,
  subject: array(graphicsIdentity),
});
export const deviceRemovedMessage = struct({ dom: domain, devAlias: string });
export const blockJobMessage = struct({ dom: domain, path: string, type: int, status: int });
