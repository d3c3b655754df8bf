import type { Catalogue } from "@labscape/devices";
import { nodeShape, rootShape, sharedNodeShape } from "../keys/index.js";
import { Definitions } from "./definitions.js";
import type { JsonSchema } from "./json-schema.js";
import { requirements } from "./required.js";

/** Where a node takes its model from, if not from itself. */
const SHARED = ["defaults", "groups"];
/** Files that give the lab what the manifest itself does not. */
const INCLUDE = "include";
const NODE_LISTS = ["nodes", "devices"];

/**
 * The manifest language as a JSON schema, for editors and tools that know TOML and JSON schema but no language server.
 *
 * It is marked as draft 7 and keeps to keywords that mean the same in draft 4 and in all later ones, because the validators
 * for TOML are of different ages. It says what one key can say of itself: which keys there are, which must be given, the kind
 * and range of their values. What takes a look elsewhere (ports, addresses, files) only Labscape itself checks. What Labscape
 * accepts without an error the schema accepts too, except for device models in capital letters and ends of links that mix the
 * dialects.
 */
export function manifestSchema(catalogue: Catalogue): JsonSchema {
  const definitions = new Definitions(catalogue);
  const root = definitions.ofShape(rootShape);
  const taken: JsonSchema[] = [...SHARED, INCLUDE].map((name) => ({ required: [name] }));
  const [ownModel] = requirements(nodeShape, ({ name }) => sharedNodeShape.keys.has(name));
  const ownModels: JsonSchema = {
    properties: Object.fromEntries(NODE_LISTS.map((name) => [name, { items: ownModel ?? {} }])),
  };
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Lab manifest",
    description: "A virtual network lab: nodes, links, bridges and where they run.",
    ...root,
    allOf: [{ anyOf: [{ required: [INCLUDE] }, { allOf: requirements(rootShape) }] }, { anyOf: [...taken, ownModels] }],
    definitions: definitions.all(),
  };
}
