import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LabStatus, Meter } from "@labscape/lab";
import { Traffic, type WatchedLab } from "../src/labs/traffic.js";

const host = {};
const none = { bytes: 0, packets: 0 };

function lab(
  name: string,
  changes: { readonly type?: "udp" | "wire"; readonly state?: "running" | "stopped" } = {},
): LabStatus {
  const { type = "wire", state = "running" } = changes;
  return {
    name,
    owner: "me",
    uri: "",
    manifest: "",
    nodes: [{ name: "a", model: "", state, ready: true, address: "" }],
    links: [{ src: "a::eth1", dst: "b::eth1", type, state: "up" }],
  };
}

/** A traffic measurement of the labs that are looked at, which tells what was read and what is known. */
function measuring(read: (labs: readonly string[]) => void = () => undefined) {
  let looked: readonly LabStatus[] = [];
  let changes = 0;
  const failures: unknown[] = [];
  const meters = vi.fn((): Meter => {
    let readings = 0;
    return {
      read(labs) {
        read(labs.map(({ name }) => name));
        readings++;
        const rates = { rx: none, tx: { bytes: readings, packets: 1 } };
        const links = new Map(readings === 1 ? [] : [["a::eth1", rates]]);
        return Promise.resolve(labs.map(({ name, owner }) => ({ name, owner, links })));
      },
    };
  });
  const traffic = new Traffic({
    watched: () => looked.map((one): WatchedLab => ({ lab: one, host, meter: meters })),
    inWords: () =>
      Promise.resolve(({ tx }) => {
        const sent = String(tx.bytes);
        return { sent, received: "", sentInFull: "", receivedInFull: "", load: 1 };
      }),
    changed: () => changes++,
    failed: (error) => failures.push(error),
  });
  return {
    traffic,
    meters,
    failures,
    look: (...labs: LabStatus[]) => {
      looked = labs;
      traffic.update();
    },
    known: (name: string) => traffic.of(host, { owner: "me", name }).get("a::eth1")?.sent,
    changes: () => changes,
  };
}

describe("what passes cables", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const pass = (milliseconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);

  it("is read once a second while somebody looks, and not at all when nobody does", async () => {
    const reads: (readonly string[])[] = [];
    const { look, known } = measuring((labs) => reads.push(labs));
    await pass(5000);
    expect(reads).toEqual([]);
    look(lab("duo"));
    await pass(0);
    expect(known("duo")).toBeUndefined();
    await pass(1000);
    expect(known("duo")).toBe("2");
    await pass(2000);
    expect(known("duo")).toBe("4");
    expect(reads).toEqual([["duo"], ["duo"], ["duo"], ["duo"]]);
    look();
    await pass(1000);
    expect(known("duo")).toBeUndefined();
    await pass(10_000);
    expect(reads).toHaveLength(4);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("begins anew when somebody looks again: what passed meanwhile is not of now", async () => {
    const { look, known, meters } = measuring();
    look(lab("duo"));
    await pass(1000);
    look();
    await pass(1000);
    look(lab("duo"));
    await pass(0);
    expect(known("duo")).toBeUndefined();
    expect(meters).toHaveBeenCalledTimes(2);
    await pass(1000);
    expect(known("duo")).toBe("2");
  });

  it("is not read of labs of which nothing is counted: without a link of such a type, or that do not run", async () => {
    const { look, meters } = measuring();
    look(lab("duo", { type: "udp" }), lab("off", { state: "stopped" }));
    await pass(3000);
    expect(meters).not.toHaveBeenCalled();
  });

  it("is read of all labs of a host at once", async () => {
    const reads: (readonly string[])[] = [];
    const { look, known } = measuring((labs) => reads.push(labs));
    look(lab("duo"), lab("trio"), lab("quiet", { type: "udp" }));
    await pass(1000);
    expect(reads).toEqual([
      ["duo", "trio"],
      ["duo", "trio"],
    ]);
    expect(known("trio")).toBe("2");
  });

  it("is not known while reading fails, and is again when it does not", async () => {
    let broken = false;
    const { look, known, failures } = measuring(() => {
      if (broken) throw new Error("no answer");
    });
    look(lab("duo"));
    await pass(1000);
    broken = true;
    await pass(1000);
    expect(known("duo")).toBeUndefined();
    expect(failures).toHaveLength(1);
    broken = false;
    await pass(1000);
    expect(known("duo")).toBeDefined();
  });

  it("ends with the window", async () => {
    const { traffic, look, changes } = measuring();
    look(lab("duo"));
    await pass(1000);
    const before = changes();
    traffic.dispose();
    await pass(5000);
    expect(changes()).toBe(before);
    expect(vi.getTimerCount()).toBe(0);
  });
});
