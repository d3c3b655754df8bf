export { diagramBlock, diagramEdits, diagramPlaces, type DiagramPlace } from "./markdown.js";
export { mermaidDiagram, type MermaidDiagram, type MermaidLink } from "./mermaid.js";
