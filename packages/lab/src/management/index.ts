export {
  layOutManagement,
  managementNic,
  type ManagementFacts,
  type ManagementLayout,
  type ManagementNetwork,
} from "./layout.js";
export { dhcpHostXml, dnsHostXml, managementNetworkXml, type NetworkHost } from "./network-xml.js";
export { parseIpv4, parseSubnet, prefixOfMask, formatSubnet, type Subnet } from "./ipv4.js";
export { subnetsOfRoutes } from "./subnet.js";
