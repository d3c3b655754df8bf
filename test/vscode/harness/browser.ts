import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { browserPath } from "./host.js";

export interface Window {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Addresses of requests to any other machine. They fail at name resolution. */
  readonly outside: readonly string[];
  /** What a page's script complained about. */
  readonly complaints: readonly string[];
  /** What pages and their workers wrote to the console as errors, but for files that are not there. */
  readonly errors: readonly string[];
}

/** A headless Chromium that reaches loopback only. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: browserPath(),
    headless: process.env["LABSCAPE_HEADED"] === undefined,
    timeout: 120_000,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
    ],
  });
}

export async function openWindow(browser: Browser, size = { width: 1440, height: 900 }): Promise<Window> {
  const permissions = ["clipboard-read", "clipboard-write"];
  const context = await browser.newContext({ viewport: size, permissions, colorScheme: "dark" });
  context.setDefaultTimeout(60_000);
  context.setDefaultNavigationTimeout(120_000);
  const outside: string[] = [];
  context.on("requestfailed", (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http") && url.hostname !== "127.0.0.1") outside.push(url.href);
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  const errors: string[] = [];
  page.on("console", (message) => {
    const text = message.text();
    if (message.type() === "error" && !text.startsWith("Failed to load resource")) errors.push(text);
  });
  return { page, context, outside, complaints, errors };
}
