export { mermaidDiagram, type MermaidDiagram } from "./mermaid.js";
