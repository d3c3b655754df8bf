import type { Result } from "../result.js";
import { launchChromium } from "../support/chromium.js";
import { rowManifest } from "../support/labs.js";
import type { LanguageServer } from "../support/language-server.js";
import { openPreviewPage, type Shown } from "../support/preview-page.js";
import { startOwnServer } from "../support/servers.js";
import { timeCalls } from "../support/times.js";

const NODES = 100;
const RUNS = 10;

/** From a change of the text, through the language server, to the picture that the preview's page has drawn anew. */
export default async function measure(): Promise<readonly Result[]> {
  const browser = await launchChromium();
  const server = await startOwnServer(rowManifest(NODES));
  try {
    const page = await openPreviewPage(browser, process.env["BENCH_ROOT"] ?? "");
    await page.show(await diagramOf(server));
    const { end } = server.rangeOf('"node50');
    const after = { line: end.line, character: end.character + 1 };
    // A character behind the name of a node, and away again: each time the picture differs.
    const times = await timeCalls(RUNS, async (run) => {
      await (run % 2 === 0 ? server.change({ start: end, end }, "x") : server.change({ start: end, end: after }, ""));
      await page.show(await diagramOf(server));
    });
    await page.close();
    return [
      {
        what: `preview: keystroke to new picture, ${NODES} nodes, median`,
        unit: "ms",
        figure: times.median,
        budget: 700,
      },
    ];
  } finally {
    await server.end();
    await browser.close();
  }
}

function diagramOf(server: LanguageServer): Promise<Shown> {
  return server.client.sendRequest<Shown>("labscape/diagram", { textDocument: server.textDocument });
}
