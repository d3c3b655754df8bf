import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Host, LabStatus, OpenConsoleOptions } from "@labscape/lab";
import type { LabTarget } from "../src/operate/target.js";
import type { Workshop } from "../src/workshop.js";

const shown = vi.fn();
const disposed = vi.fn<(name: string) => void>();
const terminals: { readonly name: string; readonly location?: unknown; readonly pty: { open(): void } }[] = [];
const pick = vi.fn<(items: readonly { label: string }[]) => Promise<unknown>>();

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
  return {
    EventEmitter: Emitter,
    ViewColumn: { One: 1, Two: 2 },
    commands: { executeCommand: () => Promise.resolve() },
    ThemeIcon: class {
      readonly id = "vm-connect";
    },
    l10n: { t: (text: string) => text },
    ThemeColor: class {
      readonly id = "terminal.ansiBlue";
    },
    window: {
      showQuickPick: (items: readonly { label: string }[]) => pick(items),
      createTerminal: (terminal: (typeof terminals)[number]) => {
        terminals.push(terminal);
        return { show: shown, dispose: () => disposed(terminal.name) };
      },
    },
  };
});
const { Consoles } = await import("../src/console/consoles.js");

const status: LabStatus = {
  name: "pair",
  owner: "ada",
  uri: "test:///default",
  manifest: "",
  links: [],
  nodes: [
    { name: "n", model: "tiny_linux", state: "running", ready: true, address: "" },
    {
      name: "t",
      model: "twin",
      state: "stopped",
      ready: false,
      address: "",
      members: [
        { name: "ctl", state: "running" },
        { name: "fwd", state: "stopped" },
      ],
    },
  ],
};

const opened = vi.fn<(host: unknown, options: OpenConsoleOptions) => Promise<never>>(() =>
  Promise.reject(new Error("no console here")),
);
const host: unknown = { uri: "test:///default", owner: "ada" };
const parts: unknown = {
  engine: () => Promise.resolve({ openConsole: opened }),
  labs: { watch: () => Promise.resolve([status]), badgesOf: () => ({}) },
};
// What a console takes of the workshop and the host, and no more.
const consoles = new Consoles(parts as Workshop);
const target = (...nodes: string[]): LabTarget => ({ host: host as Host, lab: "pair", nodes, manifest: undefined });

describe("the console of a device of several virtual machines", () => {
  beforeEach(() => {
    terminals.length = 0;
    pick.mockReset();
  });

  it("is that of the one which is chosen", async () => {
    pick.mockImplementation((items) => Promise.resolve(items[1]));
    await consoles.open(target("t"));
    expect(pick).toHaveBeenCalledWith([
      { label: "ctl", description: "running" },
      { label: "fwd", description: "stopped" },
    ]);
    expect(terminals.map(({ name }) => name)).toEqual(["t.fwd (pair)"]);
    terminals[0]?.pty.open();
    expect(opened.mock.lastCall?.[1]).toMatchObject({ lab: "pair", node: "t", member: "fwd" });
    pick.mockImplementation((items) => Promise.resolve(items[0]));
    await consoles.open(target("t"));
    expect(terminals.map(({ name }) => name)).toEqual(["t.fwd (pair)", "t.ctl (pair)"]);
    await consoles.open(target("t"));
    expect(terminals).toHaveLength(2);
  });

  it("is that of the main one where all are opened", async () => {
    pick.mockImplementation((items) => Promise.resolve(items[0]));
    await new Consoles(parts as Workshop).openAll(target());
    expect(terminals.map(({ name }) => name)).toEqual(["n (pair)", "t.ctl (pair)"]);
  });

  it("is not opened where the question is left", async () => {
    pick.mockResolvedValue(undefined);
    await consoles.open(target("t"));
    expect(terminals).toEqual([]);
  });

  it("needs no question of any other device", async () => {
    await consoles.open(target("n"));
    expect(pick).not.toHaveBeenCalled();
    terminals[0]?.pty.open();
    expect(opened.mock.lastCall?.[1]).not.toHaveProperty("member");
  });
});

describe("all consoles of a lab", () => {
  beforeEach(() => {
    terminals.length = 0;
    disposed.mockReset();
  });

  it("come into the grid from the panel when they are open there, and stay there", async () => {
    const consoles = new Consoles(parts as Workshop);
    pick.mockImplementation((items) => Promise.resolve(items[0]));
    await consoles.openAll(target());
    expect(terminals.map(({ location }) => location)).toEqual([undefined, undefined]);
    pick.mockImplementation((items) => Promise.resolve(items[1]));
    await consoles.openAll(target());
    expect(disposed.mock.calls.flat()).toEqual(["n (pair)", "t.ctl (pair)"]);
    expect(terminals.slice(2)).toMatchObject([{ location: { viewColumn: 1 } }, { location: { viewColumn: 2 } }]);
    await consoles.openAll(target());
    expect(terminals).toHaveLength(4);
  });
});
