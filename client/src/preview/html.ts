import { button, escape, pageHtml } from "../html.js";
import type { PreviewTexts } from "./texts.js";

const EXAMPLE = `nodes = [
  { name = "dev1", model = "tiny_linux" },
  { name = "dev2", model = "tiny_linux" },
]
links = [
  { src = "dev1::eth1", dst = "dev2::eth1" },
]`;

export interface PageSetting {
  /** Of the texts. */
  readonly language: string;
  /** Address of a file of the extension. */
  readonly address: (folder: string, file: string) => string;
  /** Where style sheets, pictures and fonts come from, for the policy. */
  readonly source: string;
  /** Lets our own script run, and no other. */
  readonly nonce: string;
  /** The manifest's URI. */
  readonly manifest: string;
  readonly text: PreviewTexts;
}

/** The preview's page. Only our own script runs in it; mermaid's pictures carry style elements, hence the inline styles. */
export function previewHtml({ language, address, source, nonce, manifest, text }: PageSetting): string {
  return pageHtml({
    language,
    title: text.picture,
    sources: [`style-src ${source} 'unsafe-inline'`, `img-src ${source} data:`, `font-src ${source}`],
    styles: ["page.css", "preview.css"].map((file) => address("media", file)),
    script: address("dist", "preview.js"),
    nonce,
    data: { manifest },
    body: `
    <main id="stage" tabindex="0" aria-label="${escape(text.picture)}"><div id="picture"></div></main>
    <div id="note" class="notice" role="status"></div>
    <section id="nothing" class="blank">
      <h1>${escape(text.nothing)}</h1>
      <p>${escape(text.how)}</p>
      <pre>${escape(EXAMPLE)}</pre>
    </section>
    <section id="many" class="blank">
      <h1>${escape(text.many)}</h1>
      <p>${escape(text.manyHow)}</p>
      <p>
        <button id="many-canvas" type="button">${escape(text.canvas)}</button>
        <button id="many-draw" type="button">${escape(text.drawAnyway)}</button>
      </p>
    </section>
    <div id="tools" role="toolbar" aria-label="${escape(text.picture)}">
      ${button("copy", text.copy, "M6 3h7v8H6ZM3 6v7h7")}
      ${button("save", text.save, "M8 2.5v7M5 7l3 3 3-3M3 13h10")}
      ${button("turn", text.turn, "M3 11V6a3 3 0 0 1 3-3h6M9.5 0.7 12 3 9.5 5.3M12.5 8v5H6.5")}
      ${button("zoom-out", text.zoomOut, "M3 8h10")}
      ${button("fit", text.fit, "M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3")}
      ${button("zoom-in", text.zoomIn, "M3 8h10M8 3v10")}
    </div>`,
  });
}
