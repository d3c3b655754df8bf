import { svg } from "./dom.js";

/** Pictures of the kinds of things, drawn on 24 by 24 units with the current colour; the style sheet gives the strokes. */
const ICONS = {
  router: [
    "M12 21a9 9 0 1 0 0-18a9 9 0 0 0 0 18Z",
    "M12 10V6M10 8l2-2l2 2",
    "M12 14v4M10 16l2 2l2-2",
    "M6 12h4M8 10l2 2l-2 2",
    "M18 12h-4M16 10l-2 2l2 2",
  ],
  switch: ["M3 7h18v10H3Z", "M6 10.5h7M11 8.8l2 1.7l-2 1.7", "M18 13.5h-7M13 11.8l-2 1.7l2 1.7"],
  firewall: [
    "M3 5h18v14H3Z",
    "M3 9.7h18M3 14.3h18",
    "M9 5v4.7M15 5v4.7M6 9.7v4.6M12 9.7v4.6M18 9.7v4.6M9 14.3V19M15 14.3V19",
  ],
  host: ["M3 5h18v11H3Z", "M9 20h6M12 16v4"],
  other: ["M12 3l8 4.5v9L12 21l-8-4.5v-9Z", "M4 7.5l8 4.5l8-4.5M12 12v9"],
  unknown: ["M4 4h16v16H4Z", "M9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1 1-1.1 1.8", "M12 16.5v.2"],
  bridge: ["M3 12h18", "M7 12V7M12 12v5M17 12V7"],
  external: ["M7 18a4 4 0 0 1-.6-8a5.5 5.5 0 0 1 10.6-1a4.5 4.5 0 0 1 0 9Z"],
} as const;

export type Icon = keyof typeof ICONS;

/** Symbols for `<use href="#icon-router">`. */
export function iconSymbols(): SVGDefsElement {
  const symbols = Object.entries(ICONS).map(([name, paths]) =>
    svg("symbol", { id: `icon-${name}`, viewBox: "0 0 24 24" }, ...paths.map((d) => svg("path", { d }))),
  );
  return svg("defs", {}, ...symbols);
}

/** A picture by itself, for a list. */
export function iconPicture(icon: Icon): SVGSVGElement {
  return svg(
    "svg",
    { viewBox: "0 0 24 24", "aria-hidden": "true", class: "icon" },
    svg("use", { href: `#icon-${icon}` }),
  );
}

export function isIcon(role: string): role is Icon {
  return role in ICONS;
}
