export { keepPorts } from "./kept-ports.js";
export { loopbackAddress } from "./loopback.js";
export { DISCARD_PORT, UNPLUGGED_PORT, UdpPortAllocator, udpPortsInUse, type UdpEnd } from "./udp-ports.js";
export {
  INTERNAL,
  keptUdpEnds,
  layOutLinks,
  linkKey,
  endpointText,
  type Plug,
  type SegmentNetwork,
  type Wiring,
} from "./wiring.js";
