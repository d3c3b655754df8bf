/** A button of a page's tool bar: a drawn icon, named by its title. */
export function button(id: string, label: string, path: string): string {
  const name = escape(label);
  const icon = `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${path}"/></svg>`;
  return `<button id="${id}" type="button" title="${name}" aria-label="${name}">${icon}</button>`;
}

/** Text as it stands in HTML, also in attributes. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Lets one script of a page run, and no other: new for each page. */
export function newNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
