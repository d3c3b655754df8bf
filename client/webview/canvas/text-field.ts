import { html } from "./dom.js";
import type { Point } from "./geometry.js";
import { openPopup } from "./popup.js";

export interface TextFieldOptions {
  readonly at: Point;
  readonly label: string;
  readonly value: string;
  /** Several lines: Enter then needs Control. */
  readonly lines?: boolean;
  /** Texts that are offered. */
  readonly choices?: readonly string[];
  readonly done: (text: string) => void;
}

/** Asks for a text in place. Enter takes it, Escape leaves everything as it was, and so does a press elsewhere. */
export function askText({ at, label, value, lines, choices, done }: TextFieldOptions): void {
  const field = lines === true ? html("textarea", { rows: 3 }) : html("input", { type: "text", spellcheck: "false" });
  field.setAttribute("aria-label", label);
  field.title = label;
  field.value = value;
  const form = html("div", { class: "text-field" }, field);
  if (choices !== undefined && choices.length > 0) {
    const options = choices.map((choice) => html("option", { value: choice }));
    form.append(html("datalist", { id: "choices" }, ...options));
    field.setAttribute("list", "choices");
  }
  field.addEventListener("keydown", (event) => {
    if (!(event instanceof KeyboardEvent) || event.key !== "Enter" || event.isComposing) return;
    if (lines === true && !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const text = field.value.trim();
    close();
    if (text !== value) done(text);
  });
  const close = openPopup(form, at);
  field.focus();
  field.select();
}
