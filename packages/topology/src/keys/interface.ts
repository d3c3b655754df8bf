import { integer, shape, text } from "./shape.js";

/** Smallest MTU that IPv4 allows (RFC 791), and the largest that the engine carries. */
export const MTU_RANGE = { min: 68, max: 9216 } as const;

/** Keys of `interfaces.PORT`. */
export const interfaceShape = shape("an interface", [
  {
    name: "mac",
    type: text("mac"),
    default: "made from the lab's and the node's name",
    documentation: "Hardware address of the port. It must be unique in the lab and must not be a multicast address.",
    snippet: '"52:54:00:$1"',
  },
  {
    name: "ipv4",
    type: text("ipv4-cidr"),
    documentation: "IPv4 address with prefix length that the first-boot configuration gives to the port.",
    needs: "interface_addresses",
    snippet: '"${1:10.0.0.1}/${2:30}"',
  },
  {
    name: "ipv6",
    type: text("ipv6-cidr"),
    documentation: "IPv6 address with prefix length that the first-boot configuration gives to the port.",
    needs: "interface_addresses",
    snippet: '"${1:2001:db8::1}/${2:64}"',
  },
  {
    name: "mtu",
    type: integer(MTU_RANGE.min, MTU_RANGE.max, "bytes"),
    default: "1500",
    documentation:
      "Largest packet of the port, which the first-boot configuration sets. Both ends of a link should agree.",
    needs: "interface_addresses",
  },
  { name: "description", type: text(), documentation: "What the port is for. Shown in hover." },
]);
