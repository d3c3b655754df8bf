import { MTU_RANGE } from "./interface.js";
import { arrayOf, boolean, integer, number, oneOf, shape, table, text, unsupported } from "./shape.js";
import type { KeySpec } from "./types.js";

const impairments = unsupported("links cannot be impaired yet");

const impairmentShape = shape("an impairment", [
  { name: "delay", type: integer(0, 3_600_000, "ms"), documentation: "Delay of each frame." },
  { name: "jitter", type: integer(0, 3_600_000, "ms"), documentation: "How much the delay varies." },
  ...["loss_percent", "reorder_percent", "corrupt_percent", "duplicate_percent"].map((name): KeySpec => ({
    name,
    type: number(0, 100, "%"),
    documentation: `Share of the frames, 0 to 100: ${name.replace("_percent", "")}.`,
  })),
  { name: "rate", type: text(), documentation: "Bandwidth." },
]);

const firstEnd = (end: "a" | "b", counterpart: string): readonly KeySpec[] => [
  {
    name: `device_${end}`,
    type: text("node"),
    dialect: "first",
    counterpart,
    required: "first",
    documentation: `Name of the device at end ${end}.`,
  },
  {
    name: `interface_${end}`,
    type: integer(0, 255),
    dialect: "first",
    counterpart,
    required: "first",
    documentation: `Port of the device at end ${end}, by number: data ports counted from 0, after the management port.`,
  },
];

/** Keys of a row of `links` or `connections`. */
export const linkShape = shape("a link", [
  {
    name: "src",
    type: text("endpoint"),
    dialect: "current",
    counterpart: "device_a",
    required: "current",
    documentation: 'One end of the cable, `"node::port"`.',
    snippet: '"$1::$2"',
  },
  {
    name: "dst",
    type: text("endpoint"),
    dialect: "current",
    counterpart: "device_b",
    required: "current",
    documentation: 'The other end of the cable, `"node::port"`.',
    snippet: '"$1::$2"',
  },
  ...firstEnd("a", "src"),
  ...firstEnd("b", "dst"),
  { name: "label", type: text(), documentation: "Shown at the cable in the diagram." },
  {
    name: "mtu",
    type: integer(MTU_RANGE.min, MTU_RANGE.max, "bytes"),
    default: "1500",
    documentation: "Largest packet that the cable carries, for both ends.",
  },
  {
    name: "state",
    type: oneOf(
      { value: "up", documentation: "The cable is plugged in." },
      { value: "down", documentation: "Both ends see the cable pulled." },
    ),
    default: "up",
    documentation: "Whether the cable is plugged in.",
  },
  {
    name: "type",
    type: oneOf(
      { value: "auto", documentation: "The best one that the host can make." },
      { value: "udp", documentation: "A tunnel between the two virtual machines; passes every frame." },
      {
        value: "wire",
        documentation:
          "Two interfaces of the host joined directly; passes every frame, and `tcpdump` on the host sees them. Needs `qemu:///system`, and `labscape init` once.",
      },
      {
        value: "bridge",
        documentation:
          "A bridge of the host; LACP and pause frames never pass, LLDP and 802.1X frames after `labscape init`.",
      },
    ),
    default: "auto",
    documentation: "What the cable is made of.",
  },
  {
    name: "p2p",
    type: boolean,
    default: "false",
    documentation: "Asks for a cable that passes every frame. Links of type `auto` and `udp` always do.",
    snippet: "true",
  },
  ...["impairment", "src_impairment", "dst_impairment"].map((name): KeySpec => ({
    name,
    type: table(impairmentShape),
    documentation: "Delay, loss and other faults of the cable.",
    status: impairments,
    snippet: "{ $1 }",
  })),
]);

/** Keys of a row of `bridges`. */
export const bridgeShape = shape("a bridge", [
  {
    name: "name",
    type: text("bridge-name"),
    required: "both",
    documentation: "Name of the segment, unique in the lab.",
  },
  {
    name: "links",
    type: arrayOf(text("endpoint")),
    documentation: 'The ports on the segment, each `"node::port"`.',
    snippet: '["$1::$2"]',
  },
  { name: "external", type: text("host-bridge"), documentation: "A bridge of the host that the segment joins." },
  {
    name: "mtu",
    type: integer(MTU_RANGE.min, MTU_RANGE.max, "bytes"),
    default: "1500",
    documentation: "Largest packet that the segment carries.",
  },
]);
