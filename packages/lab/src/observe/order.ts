import { machineLabel, type ResourceMetadata } from "../identity/index.js";

const natural = new Intl.Collator("en", { numeric: true });

/** Domains by the names of their nodes, and of the virtual machines in them, as people number them: libvirt lists them in no order. */
export function inNodeOrder<T extends { readonly metadata: ResourceMetadata }>(domains: readonly T[]): readonly T[] {
  return [...domains].sort((a, b) => natural.compare(labelOf(a), labelOf(b)));
}

/** What a domain is called within its lab. */
export function labelOf({ metadata }: { readonly metadata: ResourceMetadata }): string {
  return machineLabel(metadata.name, metadata.member);
}
