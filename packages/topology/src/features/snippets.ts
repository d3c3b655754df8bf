import type { KeySpec } from "../keys/index.js";
import type { Analysis } from "../analysis.js";
import type { NodeDeclaration } from "../model/index.js";
import { nextId } from "./rows.js";

/** What completion writes after `key = `: a value that holds where there is one, else the place to write it. */
export function valueSnippet(spec: KeySpec, node: NodeDeclaration | undefined, analysis: Analysis): string {
  if (spec.snippet !== undefined) return spec.snippet;
  if (spec.name === "id" && spec.type.kind === "integer") return `\${1:${nextId(analysis)}}`;
  switch (spec.type.kind) {
    case "string":
    case "enum":
      return '"$1"';
    case "boolean":
      return "${1:true}";
    case "array":
      return "[$1]";
    case "table":
    case "map":
      return "{ $1 }";
    case "integer":
    case "number": {
      const value = modelValue(spec.name, node) ?? numberOf(spec.default) ?? spec.type.min;
      return `\${1:${value}}`;
    }
    case "either":
      return "$1";
  }
}

/** What holds without the key, where the model says it. */
function modelValue(key: string, node: NodeDeclaration | undefined): number | undefined {
  if (node?.model === undefined) return undefined;
  const { hardware, ports, readiness } = node.model;
  if (key === "memory") return hardware.memory;
  if (key === "cpu_count") return hardware.cpuCount;
  if (key === "data_interface_count") return ports.data.defaultCount;
  return key === "ready_port" ? readiness.port : undefined;
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
