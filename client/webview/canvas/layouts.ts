import { force, layered, tiers, type Layout } from "@labscape/topology/layout";

/** Units between neighbours: cards with their names, and room for the names of ports between them. */
const SPACING = 160;

const spaced =
  (layout: Layout): Layout =>
  (graph, options) =>
    layout(graph, { spacing: SPACING, ...options });

export const LAYOUTS = {
  layered: spaced(layered),
  tiers: spaced(tiers),
  force: spaced(force),
} as const satisfies Readonly<Record<string, Layout>>;
export type LayoutName = keyof typeof LAYOUTS;
