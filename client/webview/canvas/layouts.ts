import type { Arrange } from "./placing.js";
/** A grid, until the layouts of the language arrive. */
const grid: Arrange = ({ nodes }) => {
  const columns = Math.max(Math.ceil(Math.sqrt(nodes.length * 1.6)), 1);
  return new Map(
    nodes.map(({ id }, index) => [id, { x: (index % columns) * 130, y: Math.floor(index / columns) * 130 }]),
  );
};

export const LAYOUTS = { layered: grid, tiers: grid, force: grid } as const satisfies Record<string, Arrange>;
export type LayoutName = keyof typeof LAYOUTS;
