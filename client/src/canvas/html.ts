import { button, escape } from "../html.js";
import type { FrameTexts } from "./texts.js";

export interface PageSetting {
  /** Of the texts. */
  readonly language: string;
  /** Addresses of the page's script and style sheet. */
  readonly script: string;
  readonly style: string;
  /** Where the style sheet comes from, for the policy. */
  readonly styleSource: string;
  /** Lets our own script run, and no other. */
  readonly nonce: string;
  /** The manifest's URI. */
  readonly manifest: string;
  readonly texts: FrameTexts;
  /** What the script says. */
  readonly pageTexts: Readonly<Record<string, string>>;
}

/** The canvas' page. Only our own script and style sheet work in it, and nothing is fetched. */
export function canvasHtml(setting: PageSetting): string {
  const { language, script, style, styleSource, nonce, manifest, texts, pageTexts } = setting;
  const policy = ["default-src 'none'", `script-src 'nonce-${nonce}'`, `style-src ${styleSource}`].join("; ");
  return `<!doctype html>
<html lang="${escape(language)}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="${escape(style)}">
    <title>${escape(texts.picture)}</title>
  </head>
  <body data-manifest="${escape(manifest)}" data-texts="${escape(JSON.stringify(pageTexts))}">
    <aside id="palette" aria-label="${escape(texts.palette)}">
      <input id="palette-search" type="search" role="combobox" aria-expanded="true" aria-controls="palette-list"
        placeholder="${escape(texts.search)}" aria-label="${escape(texts.search)}" spellcheck="false">
      <div id="palette-list" role="listbox" aria-label="${escape(texts.palette)}"></div>
    </aside>
    <main id="area">
      <svg id="stage" tabindex="-1" aria-label="${escape(texts.picture)}"></svg>
      <section id="nothing"><h1>${escape(texts.nothing)}</h1><p>${escape(texts.how)}</p></section>
      <div id="held" role="status"></div>
      <div id="message" role="status"></div>
      <canvas id="minimap" width="180" height="120" role="img" aria-label="${escape(texts.minimap)}" hidden></canvas>
      <div id="tools" role="toolbar" aria-label="${escape(texts.picture)}">
        ${button("toggle-palette", texts.togglePalette, "M2.5 3h11v10h-11ZM6.5 3v10")}
        ${button("find", texts.find, "M7 11.5a4.5 4.5 0 1 0 0-9a4.5 4.5 0 0 0 0 9ZM10.3 10.3L14 14")}
        ${button("arrange", texts.arrange, "M6 2.5h4v3H6ZM2 10.5h4v3H2ZM10 10.5h4v3h-4ZM8 5.5v2.5M4 10.5V8h8v2.5")}
        ${button("zoom-out", texts.zoomOut, "M3 8h10")}
        ${button("fit", texts.fit, "M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3")}
        ${button("zoom-in", texts.zoomIn, "M3 8h10M8 3v10")}
      </div>
    </main>
    <script nonce="${nonce}" src="${escape(script)}"></script>
  </body>
</html>`;
}
