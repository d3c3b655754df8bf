import { html } from "./dom.js";
import type { Point } from "./geometry.js";
import { openPopup } from "./popup.js";

export interface MenuEntry {
  readonly label: string;
  /** The key that does the same. */
  readonly key?: string;
  readonly enabled?: boolean;
  readonly run: () => void;
}

/** Lines between the groups of entries; empty groups leave none. */
export type Menu = readonly (readonly MenuEntry[])[];

/** Opens a menu at a point of the stage. The first entry has the focus; arrows, letters, Enter and Escape do what they do in menus. */
export function openMenu(menu: Menu, at: Point, label: string): void {
  const list = html("div", { class: "menu", role: "menu", "aria-label": label });
  const buttons: HTMLButtonElement[] = [];
  for (const group of menu) {
    if (group.length === 0) continue;
    if (buttons.length > 0) list.append(html("hr"));
    for (const entry of group) {
      const button = html("button", { type: "button", role: "menuitem", tabindex: -1 }, html("span", {}, entry.label));
      if (entry.key !== undefined) button.append(html("kbd", {}, entry.key));
      button.disabled = entry.enabled === false;
      button.addEventListener("click", () => {
        close();
        entry.run();
      });
      button.addEventListener("pointerenter", () => button.focus());
      list.append(button);
      if (!button.disabled) buttons.push(button);
    }
  }
  if (buttons.length === 0) return;
  list.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const next = nextEntry(event.key, at, buttons);
    if (next !== undefined) {
      event.preventDefault();
      next.focus();
    } else if (event.key === "Tab") close();
  });
  list.addEventListener("contextmenu", (event) => event.preventDefault());
  const close = openPopup(list, at);
  buttons[0]?.focus();
}

function nextEntry(key: string, at: number, buttons: readonly HTMLButtonElement[]): HTMLButtonElement | undefined {
  switch (key) {
    case "ArrowDown":
      return buttons[(at + 1) % buttons.length];
    case "ArrowUp":
      return buttons[(at - 1 + buttons.length) % buttons.length];
    case "Home":
      return buttons[0];
    case "End":
      return buttons.at(-1);
    default: {
      if (key.length !== 1) return undefined;
      const turned = [...buttons.slice(at + 1), ...buttons.slice(0, at + 1)];
      return turned.find(({ textContent }) => textContent.toLowerCase().startsWith(key.toLowerCase()));
    }
  }
}
