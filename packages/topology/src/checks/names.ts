import { hostName } from "../model/host-name.js";
import { labId, labName } from "../model/lab-name.js";
import { nodeReferences } from "../model/references.js";
import { quoteString, sameRange, type StringValue } from "../syntax/index.js";
import { toHostName, toLabName } from "./file-name.js";
import type { CheckContext, LocalFix } from "./context.js";

type NameFormat = "lab-name" | "lab-id" | "node-name" | "bridge-name";

const rules: Readonly<Record<NameFormat, { readonly pattern: RegExp; readonly message: string }>> = {
  "lab-name": {
    pattern: labName,
    message: "A lab's name has 1 to 40 of a-z, 0-9 and -, and starts with a letter or digit.",
  },
  "lab-id": { pattern: labId, message: "A lab's id has 12 hexadecimal digits, 0-9 and a-f." },
  "node-name": {
    pattern: hostName,
    message: "A node's name is a host name: 1 to 63 letters, digits and -, with a letter or digit at both ends.",
  },
  "bridge-name": {
    pattern: hostName,
    message: "A bridge's name has 1 to 63 letters, digits and -, with a letter or digit at both ends.",
  },
};

/** The form of names that become names on the host and in the network. */
export function checkName(value: StringValue, format: NameFormat, context: CheckContext): void {
  const { pattern, message } = rules[format];
  if (pattern.test(value.value)) return;
  const empty = value.contents.start === value.contents.end;
  const name = suggestedName(value.value, format);
  const fixes = name === undefined || !pattern.test(name) ? [] : [nameFix(value, name, format, context)].flat();
  context.report("invalid-name", empty ? value.range : value.contents, message, { fixes });
}

function suggestedName(text: string, format: NameFormat): string | undefined {
  if (format === "lab-id") return text.toLowerCase();
  return format === "lab-name" ? toLabName(text) : toHostName(text);
}

/** Changes the name, and for a node every reference to it. None where the name is taken already. */
function nameFix(value: StringValue, name: string, format: NameFormat, { manifest }: CheckContext): LocalFix[] {
  const title = `Change to "${name}"`;
  if (format !== "node-name") return [{ title, edits: [{ range: value.contents, newText: name }] }];
  const { nodesByName } = manifest;
  // Of two nodes of one name the references mean the first.
  if (
    nodesByName.has(name) ||
    !nodesByName
      .get(value.value)
      ?.rows.some(({ name: own }) => own !== undefined && sameRange(own.range, value.contents))
  )
    return [];
  const references = nodeReferences(manifest, value.value);
  return [
    {
      title,
      edits: references.map(({ range, suffix = "" }) => ({
        range,
        newText: suffix === "" ? name : quoteString(name + suffix).slice(1, -1),
      })),
    },
  ];
}
