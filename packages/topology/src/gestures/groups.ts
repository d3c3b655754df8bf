import { addPairs, addSection } from "../edits/index.js";
import type { NodeDeclaration, NodeRow } from "../model/index.js";
import { quoteKey, quoteString } from "../syntax/index.js";
import type { Draft } from "./draft.js";
import { findNode } from "./find.js";
import type { Gesture, Selection } from "./gesture.js";
import { savePositions } from "./positions.js";
import { placed, Refused } from "./refused.js";
import { addKeys, removeKey, setValue } from "./rows.js";

/** Puts nodes into groups and out of others. */
export function setGroups(
  draft: Draft,
  { nodes, groups }: Extract<Gesture, { kind: "set-groups" }>,
): Partial<Selection> {
  for (const name of new Set(nodes)) setGroupsOf(findNode(draft.analysis, name), groups, draft);
  if (nodes.length > 0) declareGroups(draft, groups);
  return {};
}

/** Moves nodes into the frame of a group, or out of that of their first group. Their other groups stay. */
export function regroup(draft: Draft, { nodes, group }: Extract<Gesture, { kind: "regroup" }>): Partial<Selection> {
  const names = Object.keys(nodes);
  for (const name of names) {
    const node = findNode(draft.analysis, name);
    const others = node.groups.slice(1).flatMap(({ value }) => (value === group ? [] : [value]));
    setGroupsOf(node, group === undefined ? others : [group, ...others], draft);
  }
  if (group !== undefined && names.length > 0) declareGroups(draft, [group]);
  savePositions(draft, "nodes", new Map(Object.entries(nodes)));
  return { nodes: names };
}

/** `group` counts before `groups`. Keys that are there are changed; those that would say nothing any more go away. */
function setGroupsOf({ rows, groups: present }: NodeDeclaration, groups: readonly string[], draft: Draft): void {
  if (present.length === groups.length && present.every(({ value }, index) => value === groups[index])) return;
  const [first] = groups;
  const single = rowWith(rows, "group");
  const several = rowWith(rows, "groups");
  const list = (names: readonly string[]) => `[${names.map(quoteString).join(", ")}]`;
  if (first !== undefined && several === undefined && groups.length === 1)
    write(rows[0], single, "group", quoteString(first));
  else if (first !== undefined && single !== undefined) {
    write(rows[0], single, "group", quoteString(first));
    if (groups.length > 1) write(rows[0], several, "groups", list(groups.slice(1)));
    else removeKey(draft, rows, "groups");
  } else if (first !== undefined) write(rows[0], several, "groups", list(groups));
  else {
    removeKey(draft, rows, "group");
    removeKey(draft, rows, "groups");
  }

  function write(strongest: NodeRow, row: NodeRow | undefined, key: string, value: string): void {
    const { table } = row ?? strongest;
    const file = draft.at(table.nameRange.start);
    if (row === undefined) addKeys(file, table, [[key, value]]);
    else setValue(file, table, key, value);
  }
}

function rowWith(rows: readonly NodeRow[], key: string): NodeRow | undefined {
  return rows.find(({ table }) => table.entries.has(key));
}

/** Makes the groups that are not there yet, so that nodes can name them. */
export function declareGroups(draft: Draft, groups: readonly string[]): void {
  const { manifest, syntax } = draft.analysis;
  const missing = [...new Set(groups)].filter((name) => !manifest.groups.has(name));
  for (const name of missing)
    if (!/^[A-Za-z0-9_-]+$/.test(name))
      throw new Refused("invalid", "A group's name has letters, digits, _ and -, so that it can be a key.");
  if (missing.length === 0) return;
  const { document, changes } = draft.manifest;
  const { value } = syntax.root.entries.get("groups") ?? {};
  const isHeaders =
    value === undefined || (value.kind === "table" && (value.form === "implicit" || value.form === "header"));
  if (!isHeaders)
    placed(
      addPairs(
        document,
        changes,
        ["groups"],
        missing.map((name) => [name, "{}"]),
      ),
    );
  else
    for (const name of missing) placed(addSection(document, changes, ["groups", name], [`[groups.${quoteKey(name)}]`]));
}
