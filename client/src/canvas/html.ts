import { button, escape, pageHtml } from "../html.js";
import type { FrameTexts } from "./texts.js";

export interface PageSetting {
  /** Of the texts. */
  readonly language: string;
  /** Addresses of the page's script and style sheets. */
  readonly script: string;
  readonly styles: readonly string[];
  /** Where the style sheets come from, for the policy. */
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
  const { language, script, styles, styleSource, nonce, manifest, texts, pageTexts } = setting;
  return pageHtml({
    language,
    title: texts.picture,
    sources: [`style-src ${styleSource}`],
    styles,
    script,
    nonce,
    data: { manifest, texts: JSON.stringify(pageTexts) },
    body: `
    <aside id="palette" aria-label="${escape(texts.palette)}">
      <input id="palette-search" type="search" role="combobox" aria-expanded="true" aria-controls="palette-list"
        placeholder="${escape(texts.search)}" aria-label="${escape(texts.search)}" spellcheck="false">
      <div id="palette-list" role="listbox" aria-label="${escape(texts.palette)}"></div>
    </aside>
    <main id="area">
      <svg id="stage" tabindex="-1" aria-label="${escape(texts.picture)}"></svg>
      <section id="nothing" class="blank"><h1>${escape(texts.nothing)}</h1><p>${escape(texts.how)}</p></section>
      <div id="held" class="notice" role="status"></div>
      <div id="message" class="notice" role="status"></div>
      <canvas id="minimap" width="180" height="120" role="img" aria-label="${escape(texts.minimap)}" hidden></canvas>
      <div id="tools" role="toolbar" aria-label="${escape(texts.picture)}">
        ${button("toggle-palette", texts.togglePalette, "M2.5 3h11v10h-11ZM6.5 3v10")}
        ${button("find", texts.find, "M7 11.5a4.5 4.5 0 1 0 0-9a4.5 4.5 0 0 0 0 9ZM10.3 10.3L14 14")}
        ${button("arrange", texts.arrange, "M6 2.5h4v3H6ZM2 10.5h4v3H2ZM10 10.5h4v3h-4ZM8 5.5v2.5M4 10.5V8h8v2.5")}
        ${button("zoom-out", texts.zoomOut, "M3 8h10")}
        ${button("fit", texts.fit, "M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3")}
        ${button("zoom-in", texts.zoomIn, "M3 8h10M8 3v10")}
      </div>
    </main>`,
  });
}
