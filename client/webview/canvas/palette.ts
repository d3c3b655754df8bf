import type { PaletteModel } from "@labscape/topology";
import { html } from "./dom.js";
import { drag } from "./drag.js";
import { contains, type Point } from "./geometry.js";
import { iconPicture, isIcon } from "./icons.js";
import { matches } from "./search.js";
import { fill, texts } from "./texts.js";

/** What the palette offers besides device models. */
export type Offer =
  { readonly kind: "model"; readonly model: PaletteModel } | { readonly kind: "bridge" | "external" | "note" };

export interface PaletteSetting {
  readonly panel: HTMLElement;
  readonly search: HTMLInputElement;
  readonly list: HTMLElement;
  readonly stage: SVGSVGElement;
  /** @param at point of the window; absent: where there is room in the view */
  readonly add: (offer: Offer, at?: Point) => void;
  /** Escape: back to the stage. */
  readonly leave: () => void;
}

/** Pixels from which on the palette is open by itself. */
const ROOMY = 760;

/** The device models, to be searched and put onto the canvas: dragged there, or by Enter or double click. */
export class Palette {
  readonly #setting: PaletteSetting;
  #models: readonly PaletteModel[] = [];
  #current = 0;

  constructor(setting: PaletteSetting) {
    this.#setting = setting;
    const { panel, search, list } = setting;
    // Beside the text there is little room: there it opens when it is asked for.
    panel.hidden = document.documentElement.clientWidth < ROOMY;
    search.addEventListener("input", () => {
      this.#current = 0;
      this.#show();
    });
    for (const element of [search, list]) element.addEventListener("keydown", (event) => this.#key(event));
  }

  setModels(models: readonly PaletteModel[]): void {
    this.#models = models;
    this.#show();
  }

  /** Opens the panel with the focus in its search. */
  open(): void {
    this.toggle(true);
    this.#setting.search.focus();
    this.#setting.search.select();
  }

  toggle(open = this.#setting.panel.hidden): void {
    this.#setting.panel.hidden = !open;
  }

  get isOpen(): boolean {
    return !this.#setting.panel.hidden;
  }

  get #offers(): readonly Offer[] {
    const { value } = this.#setting.search;
    const models = this.#models
      .filter(({ title, name, vendor, role }) => matches(value, title, name, vendor, role))
      .map((model): Offer => ({ kind: "model", model }));
    const others: readonly Offer[] = [{ kind: "bridge" }, { kind: "external" }, { kind: "note" }];
    return [...models, ...others.filter((offer) => matches(value, titleOf(offer)))];
  }

  #show(): void {
    const { list } = this.#setting;
    const rows = this.#offers.map((offer, index) => this.#row(offer, index));
    list.replaceChildren(...rows);
    if (rows.length === 0) list.append(html("p", { class: "none" }, texts.noModel));
    this.#mark();
  }

  #row(offer: Offer, index: number): HTMLElement {
    const row = html(
      "div",
      { class: `offer ${roleOf(offer)}`, role: "option", id: `offer-${index}`, "aria-selected": "false" },
      iconPicture(iconOf(offer)),
      html("span", { class: "title" }, titleOf(offer)),
      html("span", { class: "detail" }, detailOf(offer)),
    );
    row.dataset["name"] = offer.kind === "model" ? offer.model.name : offer.kind;
    if (offer.kind === "model") row.title = offer.model.description;
    row.addEventListener("dblclick", () => this.#setting.add(offer));
    row.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      this.#current = index;
      this.#mark();
      this.#carry(event, offer, row);
    });
    return row;
  }

  /** An image of the row follows the mouse; let go over the stage, the node is made there. */
  #carry(event: PointerEvent, offer: Offer, row: HTMLElement): void {
    const ghost = html("div", { class: `ghost ${roleOf(offer)}` }, iconPicture(iconOf(offer)));
    const follow = ({ x, y }: Point): void => {
      ghost.style.transform = `translate(${x}px, ${y}px)`;
    };
    drag(event, {
      start: () => {
        document.body.append(ghost);
        row.classList.add("carried");
      },
      move: follow,
      drop: (at) => {
        end();
        if (contains(this.#setting.stage.getBoundingClientRect(), at) && !this.#isOverPanel(at)) {
          this.#setting.add(offer, at);
        }
      },
      cancel: () => end(),
      click: () => this.#setting.search.focus(),
    });
    const end = (): void => {
      ghost.remove();
      row.classList.remove("carried");
    };
  }

  #isOverPanel(at: Point): boolean {
    return contains(this.#setting.panel.getBoundingClientRect(), at);
  }

  #key(event: KeyboardEvent): void {
    const offers = this.#offers;
    switch (event.key) {
      case "ArrowDown":
        this.#current = Math.min(this.#current + 1, offers.length - 1);
        break;
      case "ArrowUp":
        this.#current = Math.max(this.#current - 1, 0);
        break;
      case "Enter": {
        const offer = offers[this.#current];
        if (offer !== undefined) this.#setting.add(offer);
        break;
      }
      case "Escape":
        this.#setting.leave();
        break;
      default:
        return;
    }
    event.preventDefault();
    this.#mark();
  }

  #mark(): void {
    const { list, search } = this.#setting;
    for (const [index, row] of [...list.querySelectorAll(".offer")].entries()) {
      row.setAttribute("aria-selected", String(index === this.#current));
      if (index === this.#current) row.scrollIntoView({ block: "nearest" });
    }
    search.setAttribute("aria-activedescendant", `offer-${this.#current}`);
  }
}

function titleOf(offer: Offer): string {
  switch (offer.kind) {
    case "model":
      return offer.model.title;
    case "bridge":
      return texts.bridge;
    case "external":
      return texts.external;
    case "note":
      return texts.note;
  }
}

function detailOf(offer: Offer): string {
  switch (offer.kind) {
    case "model":
      return fill(texts.modelSize, offer.model.cpuCount, offer.model.memory);
    case "bridge":
      return texts.bridgeDetail;
    case "external":
      return texts.externalDetail;
    case "note":
      return texts.noteDetail;
  }
}

function roleOf(offer: Offer): string {
  return offer.kind === "model" ? offer.model.role : offer.kind;
}

function iconOf(offer: Offer) {
  const role = offer.kind === "note" ? "other" : roleOf(offer);
  return isIcon(role) ? role : "unknown";
}
