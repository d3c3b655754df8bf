export type { LabTraffic, PortRates, Rate } from "./traffic.js";
export { TrafficMeter } from "./meter.js";
export { loadOf, packetsText, rateText } from "./text.js";
