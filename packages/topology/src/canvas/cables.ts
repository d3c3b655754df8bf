import type { BridgeDeclaration, EndpointDeclaration, LinkDeclaration, Manifest } from "../model/index.js";

/** A cable as it is written: a link of two nodes, or a port on a bridge. Its nodes are there; its ports may not be. */
export type Cable =
  | {
      readonly kind: "link";
      readonly id: string;
      readonly link: LinkDeclaration;
      readonly src: EndpointDeclaration;
      readonly dst: EndpointDeclaration;
    }
  | {
      readonly kind: "bridge";
      readonly id: string;
      readonly bridge: BridgeDeclaration;
      readonly src: EndpointDeclaration;
    };

/**
 * The cables of a lab, in its order. An id is made of what the cable joins, so that it lasts while anything else changes; of
 * cables between the same ports (a mistake) the later ones get a number.
 */
export function cablesOf(manifest: Pick<Manifest, "links" | "bridges">): readonly Cable[] {
  const seen = new Map<string, number>();
  const idOf = (src: EndpointDeclaration, other: string) => {
    const id = `${endText(src)} ${other}`;
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return count === 1 ? id : `${id} ${count}`;
  };
  const cables: Cable[] = [];
  for (const link of manifest.links) {
    const { src, dst } = link;
    if (src?.declaration === undefined || dst?.declaration === undefined) continue;
    cables.push({ kind: "link", id: idOf(src, endText(dst)), link, src, dst });
  }
  for (const bridge of manifest.bridges) {
    if (bridge.name === undefined || bridge.name.value === "") continue;
    for (const src of bridge.endpoints)
      if (src.declaration !== undefined) cables.push({ kind: "bridge", id: idOf(src, bridge.name.value), bridge, src });
  }
  return cables;
}

/** The id that a new cable has between such ends. */
export function cableId(src: { readonly node: string; readonly port: string }, other: string): string {
  return `${src.node}::${src.port} ${other}`;
}

/** Canonical name of the port at an end where it is known, else as written. */
export function portText({ ref, port }: EndpointDeclaration): string {
  return ref?.name ?? port?.text ?? "";
}

function endText(end: EndpointDeclaration): string {
  return `${end.node?.value ?? ""}::${portText(end)}`;
}
