import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

const EXAMPLE = `nodes = [
  { name = "dev1", model = "tiny_linux" },
  { name = "dev2", model = "tiny_linux" },
]
links = [
  { src = "dev1::eth1", dst = "dev2::eth1" },
]`;

/** The preview's page. Only our own script runs in it; mermaid's pictures carry style elements, hence the inline styles. */
export function previewHtml(webview: vscode.Webview, extension: vscode.Uri, manifest: vscode.Uri): string {
  const nonce = randomBytes(16).toString("base64");
  const script = webview.asWebviewUri(vscode.Uri.joinPath(extension, "dist", "preview.js"));
  const style = webview.asWebviewUri(vscode.Uri.joinPath(extension, "media", "preview.css"));
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} 'unsafe-inline'`,
    `img-src ${webview.cspSource} data:`,
    `font-src ${webview.cspSource}`,
  ].join("; ");
  const text = {
    picture: vscode.l10n.t("Topology of the lab"),
    zoomIn: vscode.l10n.t("Zoom in"),
    zoomOut: vscode.l10n.t("Zoom out"),
    fit: vscode.l10n.t("Show the whole lab"),
    nothing: vscode.l10n.t("Nothing to draw yet"),
    how: vscode.l10n.t("Nodes and the cables between them appear here while you type. For instance:"),
  };
  return `<!doctype html>
<html lang="${escape(vscode.env.language)}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="${escape(style.toString())}">
    <title>${escape(text.picture)}</title>
  </head>
  <body data-manifest="${escape(manifest.toString())}">
    <main id="stage" tabindex="0" aria-label="${escape(text.picture)}"><div id="picture"></div></main>
    <div id="note" role="status"></div>
    <section id="nothing">
      <h1>${escape(text.nothing)}</h1>
      <p>${escape(text.how)}</p>
      <pre>${escape(EXAMPLE)}</pre>
    </section>
    <div id="tools" role="toolbar" aria-label="${escape(text.picture)}">
      ${button("zoom-out", text.zoomOut, "M3 8h10")}
      ${button("fit", text.fit, "M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3")}
      ${button("zoom-in", text.zoomIn, "M3 8h10M8 3v10")}
    </div>
    <script nonce="${nonce}" src="${escape(script.toString())}"></script>
  </body>
</html>`;
}

function button(id: string, label: string, path: string): string {
  const name = escape(label);
  const icon = `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${path}"/></svg>`;
  return `<button id="${id}" type="button" title="${name}" aria-label="${name}">${icon}</button>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
