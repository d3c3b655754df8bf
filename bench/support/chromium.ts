import { createRequire } from "node:module";
import path from "node:path";
import type * as playwright from "playwright-core";
import { SkipLine } from "../result.js";

/** @throws SkipLine where there is no Chromium */
export async function launchChromium(): Promise<playwright.Browser> {
  const root = process.env["BENCH_ROOT"] ?? "";
  // Not bundled: it finds its own files beside itself.
  const { chromium } = createRequire(path.join(root, "package.json"))("playwright-core") as typeof playwright;
  const executablePath = process.env["LABSCAPE_CHROMIUM"] ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] }).catch((error: unknown) => {
    throw new SkipLine(`Chromium does not start: ${error instanceof Error ? error.message : String(error)}`);
  });
}
