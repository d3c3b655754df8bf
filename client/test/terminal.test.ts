import { PassThrough } from "node:stream";
import { describe, expect, it, vi } from "vitest";
import type { ConsoleViewer } from "@labscape/lab";

vi.mock("vscode", async () => {
  const { EventEmitter } = await import("node:events");
  class Emitter<T> {
    readonly #emitter = new EventEmitter();
    readonly event = (listener: (value: T) => void): void => void this.#emitter.on("event", listener);
    fire(value: T): void {
      this.#emitter.emit("event", value);
    }
    dispose(): void {
      this.#emitter.removeAllListeners();
    }
  }
  return { EventEmitter: Emitter, l10n: { t: (text: string) => text } };
});
const { ConsoleTerminal } = await import("../src/console/terminal.js");

/** A console that says what it has said before, and echoes. */
function viewer(history: string): ConsoleViewer {
  const stream: unknown = Object.assign(new PassThrough(), { state: "attached" });
  const echo = stream as ConsoleViewer;
  echo.write(history);
  return echo;
}

describe("ConsoleTerminal", () => {
  it("keeps what is typed while the console is being opened, and opens it once", async () => {
    const attach = vi.fn(() => Promise.resolve(viewer("history ")));
    const terminal = new ConsoleTerminal(attach);
    let shown = "";
    const echoed = new Promise<void>((resolve) => {
      terminal.onDidWrite((text) => {
        shown += text;
        if (shown.includes("typed")) resolve();
      });
    });
    terminal.open();
    terminal.handleInput("\r");
    terminal.handleInput("typed");
    await echoed;
    expect(shown).toBe("history \rtyped");
    expect(attach).toHaveBeenCalledTimes(1);
    terminal.close();
  });

  it("opens again with Enter after it was lost", async () => {
    const attach = vi.fn(() => Promise.reject(new Error("no libvirt")));
    const terminal = new ConsoleTerminal(attach);
    const lost = (): Promise<void> =>
      new Promise((resolve) => {
        terminal.onDidWrite((text) => {
          if (text.includes("Press Enter")) resolve();
        });
      });
    const first = lost();
    terminal.open();
    await first;
    await Promise.resolve();
    const second = lost();
    terminal.handleInput("\r");
    await second;
    expect(attach).toHaveBeenCalledTimes(2);
    terminal.close();
  });
});
