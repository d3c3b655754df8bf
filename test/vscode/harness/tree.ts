import type { Locator, Page } from "playwright-core";

/** A tree in a view of the side bar. Items are known by their labels; of several with the same one the first is meant. */
export class Tree {
  readonly #page: Page;
  readonly #pane: Locator;

  constructor(page: Page, title: string) {
    this.#page = page;
    this.#pane = page.locator(".pane").filter({ has: page.locator(".pane-header").getByText(title, { exact: true }) });
  }

  /** The view with what it says while it is empty. */
  get pane(): Locator {
    return this.#pane;
  }

  item(label: string): Locator {
    return this.#pane
      .locator(".monaco-list-row")
      .filter({ has: this.#page.locator(".label-name").getByText(label, { exact: true }) })
      .first();
  }

  async expand(label: string): Promise<void> {
    const row = this.item(label);
    await row.waitFor();
    if ((await row.getAttribute("aria-expanded")) === "false") await row.locator(".monaco-tl-twistie").click();
  }

  /** Clicks an icon of an item. */
  async act(label: string, action: string): Promise<void> {
    const row = this.item(label);
    await row.hover();
    await row.locator(`.action-label[aria-label="${action}"]`).click();
  }

  /** Takes an entry of an item's menu, by key: a menu ignores clicks in its first moments. */
  async menu(label: string, action: string): Promise<void> {
    await this.item(label).click({ button: "right" });
    const menu = this.#page.locator(".monaco-menu");
    const entry = menu.locator(".action-item").filter({ has: this.#page.getByText(action, { exact: true }) });
    await entry.hover();
    await menu.locator(".action-item.focused").getByText(action, { exact: true }).waitFor();
    await this.#page.keyboard.press("Enter");
    await menu.waitFor({ state: "detached" });
  }
}
