export { activate, deactivate } from "./main.node.js";
