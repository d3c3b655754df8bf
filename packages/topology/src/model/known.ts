import type { TomlTable } from "../syntax/tree.js";
import type { EndpointDeclaration, LinkDeclaration, Manifest, NodeDeclaration } from "./manifest.js";

type Surroundings = Pick<Manifest, "files" | "catalogue" | "dialect" | "defaults" | "groups">;

/**
 * What an earlier version of a manifest declared and this one declares as well: its tables have been taken over, and what it
 * depends on is the same. Only for labs of one file, where each row declares something by itself.
 */
export class KnownDeclarations {
  readonly #previous: Manifest | undefined;
  /** Names that mean other nodes than before; undefined: all of them may. */
  #renamed: ReadonlySet<string> | undefined;

  constructor(surroundings: Surroundings, previous: Manifest | undefined) {
    const isOne = surroundings.files.length === 1 && previous?.files.length === 1;
    this.#previous = isOne && sameScope(surroundings, previous) ? previous : undefined;
  }

  /** The node that the row at a position declares, if it did so before. */
  nodeAt(index: number, table: TomlTable): NodeDeclaration | undefined {
    const node = this.#previous?.nodes[index];
    return node?.table === table ? node : undefined;
  }

  /** Tells what the names mean now, on which the links depend. */
  setNodes(nodesByName: Manifest["nodesByName"]): void {
    if (this.#previous === undefined) return;
    const before = this.#previous.nodesByName;
    const renamed = new Set<string>();
    for (const [name, node] of nodesByName) if (before.get(name) !== node) renamed.add(name);
    for (const name of before.keys()) if (!nodesByName.has(name)) renamed.add(name);
    this.#renamed = renamed;
  }

  /** The link that the row at a position declares, if it did so before. */
  linkAt(index: number, table: TomlTable): LinkDeclaration | undefined {
    const link = this.#previous?.links[index];
    return link?.table === table && this.#isSame(link.src) && this.#isSame(link.dst) ? link : undefined;
  }

  #isSame(end: EndpointDeclaration | undefined): boolean {
    if (end === undefined || this.#renamed?.size === 0) return true;
    const name = end.declaration?.name?.value ?? end.node?.value;
    return name === undefined || this.#renamed?.has(name) === false;
  }
}

/** Whether nodes take the same values over from the same tables. */
function sameScope(one: Surroundings, other: Surroundings): boolean {
  return (
    one.catalogue === other.catalogue &&
    one.dialect === other.dialect &&
    sameItems(one.defaults, other.defaults) &&
    sameItems(groupTables(one), groupTables(other))
  );
}

function groupTables({ groups }: Surroundings): readonly unknown[] {
  return [...groups].flatMap(([name, { rows }]) => [name, ...rows.map(({ table }) => table)]);
}

function sameItems(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((item, index) => item === others[index]);
}
