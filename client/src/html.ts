export interface PageParts {
  /** Of the texts. */
  readonly language: string;
  readonly title: string;
  /** Where the page's styles, pictures and so on may come from: nothing else is fetched, and only the own script runs. */
  readonly sources: readonly string[];
  /** Addresses of the style sheets. */
  readonly styles: readonly string[];
  readonly script: string;
  /** Lets our own script run, and no other. */
  readonly nonce: string;
  /** `data-` attributes of the body. */
  readonly data: Readonly<Record<string, string>>;
  /** HTML of the body. */
  readonly body: string;
}

/** The HTML of a web page of ours, with its policy. */
export function pageHtml({ language, title, sources, styles, script, nonce, data, body }: PageParts): string {
  const policy = ["default-src 'none'", `script-src 'nonce-${nonce}'`, ...sources].join("; ");
  const attributes = Object.entries(data).map(([name, value]) => ` data-${name}="${escape(value)}"`);
  const sheets = styles.map((style) => `<link rel="stylesheet" href="${escape(style)}">`);
  return `<!doctype html>
<html lang="${escape(language)}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    ${sheets.join("\n    ")}
    <title>${escape(title)}</title>
  </head>
  <body${attributes.join("")}>${body}
    <script nonce="${nonce}" src="${escape(script)}"></script>
  </body>
</html>`;
}

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
