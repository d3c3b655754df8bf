export { waitReady } from "./wait-ready.js";
