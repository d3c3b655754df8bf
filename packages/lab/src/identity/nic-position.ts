import type { ResourceMetadata } from "./metadata.js";

/**
 * Which of a domain's NICs a data port is, from 0: data ports come last.
 * @param port index, as the metadata's links have it
 * @param nics how many the domain has
 */
export function nicPosition({ facets }: Pick<ResourceMetadata, "facets">, port: number, nics: number): number {
  return nics - Number(facets.get("data ports")) + port - Number(facets.get("first data port") ?? 0);
}
