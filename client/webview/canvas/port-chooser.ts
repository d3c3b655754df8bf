import type { PortChoice } from "@labscape/topology";
import { html } from "./dom.js";
import type { Point } from "./geometry.js";
import { closePopup, openPopup } from "./popup.js";
import type { Cable } from "./scene.js";
import { fill, texts } from "./texts.js";

export interface PortChooserOptions {
  readonly cable: Cable;
  readonly at: Point;
  readonly freePorts: (node: string) => Promise<readonly PortChoice[]>;
  readonly setPort: (end: "src" | "dst", port: string) => void;
}

/** Shows the ports of a cable's ends; each can be exchanged for one that is free. */
export async function choosePorts({ cable, at, freePorts, setPort }: PortChooserOptions): Promise<void> {
  const { src, dst } = cable.link;
  const ends =
    "bridge" in dst
      ? [{ end: "src" as const, ...src }]
      : [
          { end: "src" as const, ...src },
          { end: "dst" as const, ...dst },
        ];
  const free = await Promise.all(ends.map(({ node }) => freePorts(node)));
  const rows = ends.map(({ end, node, port }, index) => {
    const select = html("select", { "aria-label": fill(texts.portOf, node), "data-end": end });
    const others = (free[index] ?? []).map(({ name }) => name).filter((name) => name !== port);
    select.append(...[port, ...others].map((name) => html("option", { value: name }, name)));
    select.value = port;
    select.addEventListener("change", () => {
      closePopup();
      setPort(end, select.value);
    });
    return html("label", {}, html("span", {}, node), select);
  });
  const title = html("h2", {}, texts.ports);
  const popup = html("div", { class: "ports", role: "dialog", "aria-label": texts.ports }, title, ...rows);
  popup.addEventListener("keydown", (event) => {
    if (event.key === "Enter") closePopup();
  });
  openPopup(popup, at);
  popup.querySelector("select")?.focus();
}
