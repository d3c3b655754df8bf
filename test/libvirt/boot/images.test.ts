import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtinCatalogue, type DeviceModel } from "@labscape/devices";
import { ImageStore, openHost, type AddOptions, type Host } from "@labscape/lab";
import { SEGMENT } from "../../../packages/lab/src/images/upload.js";
import { canRunHypervisor, startHypervisor, type Hypervisor } from "../hypervisor.js";
import { bundleProgram } from "../lab/run-child.js";
import type { AddTask } from "./add-image.js";

const run = promisify(execFile);
const reason = await canRunHypervisor();

function model(name: string): DeviceModel {
  const found = builtinCatalogue.find(name);
  if (found === undefined) throw new Error(`no model ${name}`);
  return found.model;
}

describe.skipIf(reason !== undefined)(`the image store${reason === undefined ? "" : ` (${reason})`}`, () => {
  let hypervisor: Hypervisor;
  let host: Host;
  let store: ImageStore;
  let folder: string;
  const file = (name: string): string => path.join(folder, name);

  beforeAll(async () => {
    hypervisor = await startHypervisor();
    host = await openHost({ uri: hypervisor.uri });
    store = new ImageStore(host);
    folder = await mkdtemp(path.join(tmpdir(), "labscape-images-"));
    await run("qemu-img", ["create", "-f", "qcow2", file("disk.qcow2"), "3G"]);
    await run("qemu-img", ["create", "-f", "qcow2", "-F", "qcow2", "-b", file("disk.qcow2"), file("overlay.qcow2")]);
    await writeFile(file("notes.qcow2"), "this is no disk");
    await writeFile(file("big.img"), "");
    await truncate(file("big.img"), 64 * 1024 * 1024);
  });
  afterAll(async () => {
    await host.close();
    await hypervisor.stop();
    await rm(folder, { recursive: true });
  });

  it("is empty at first, and reading it makes nothing", async () => {
    expect(await store.list()).toEqual([]);
    expect((await host.connection.listAllStoragePools()).map(({ name }) => name)).not.toContain("labscape-images");
    await expect(store.resolve(model("tiny_linux"))).rejects.toMatchObject({
      code: "image-not-found-in-store",
      mend: expect.stringContaining("labscape image add FILE --model tiny_linux") as unknown,
    });
  });

  it("adds a disk with progress and its checksum, and resolves the newest version", async () => {
    const seen: number[] = [];
    for (const version of ["9.1", "10.0", "10.0-beta"]) {
      await store.add(file("disk.qcow2"), {
        model: model("debian_linux"),
        version,
        onProgress: ({ done, total }) => seen.push(done / total),
      });
    }
    expect(seen.at(-1)).toBe(1);
    const [newest] = await store.list();
    expect(newest).toMatchObject({
      model: "debian_linux",
      version: "10.0",
      format: "qcow2",
      virtualSize: 3 * 2 ** 30,
      sha256: createHash("sha256")
        .update(await readFile(file("disk.qcow2")))
        .digest("hex"),
    });
    const image = await store.resolve(model("debian_linux"));
    expect(image).toMatchObject({ version: "10.0", disk: { format: "qcow2", capacity: 3n << 30n } });
    expect((await store.resolve(model("debian_linux"), "9.1")).version).toBe("9.1");
    await expect(store.resolve(model("debian_linux"), "8")).rejects.toMatchObject({
      code: "image-not-found-in-store",
      message: expect.stringContaining("9.1") as unknown,
    });
    const files = await store.filesOf(new Set(["debian_linux", "cisco_iosv"]));
    expect([...files].map(([name, versions]) => [name, ...versions.keys()])).toEqual([
      ["debian_linux", "10.0", "10.0-beta", "9.1"],
    ]);
    expect(files.get("debian_linux")?.get("10.0")).toEqual([{ name: "disk.qcow2", size: 3 * 2 ** 30 }]);
  });

  it("resolves a version that holds a kernel instead of a disk", async () => {
    await writeFile(file("vmlinuz"), "kernel");
    await writeFile(file("initrd"), "initial file system");
    for (const name of ["vmlinuz", "initrd"])
      await store.add(file(name), { model: model("tiny_linux"), version: "1.0-kernel" });
    const { kernel, disk } = await store.resolve(model("tiny_linux"));
    expect(disk).toBeUndefined();
    expect(kernel).toMatchObject({
      kernel: expect.stringMatching(/vmlinuz$/) as unknown,
      initrd: expect.stringMatching(/initrd$/) as unknown,
    });
  });

  it.each(["vmdk", "vdi", "vhdx", "vpc"])("converts %s", async (format) => {
    // As QEMU writes it, but for the last one, whose size it rounds unless it is told not to.
    const exact = format === "vpc" ? ["-o", "force_size=on"] : [];
    await run("qemu-img", ["create", "-f", format, ...exact, file(`disk.${format}`), "64M"]);
    await store.add(file(`disk.${format}`), { model: model("ubuntu_linux"), version: format });
    expect(await store.resolve(model("ubuntu_linux"), format)).toMatchObject({
      disk: { format: "qcow2", capacity: 64n << 20n },
    });
  });

  it.each([
    ["overlay.qcow2", {}, "image-has-backing-file"],
    ["notes.qcow2", {}, "not-a-disk-image"],
    ["absent.qcow2", {}, "file-not-found"],
    ["disk.qcow2", { sha256: "00" }, "checksum-mismatch"],
    ["disk.qcow2", { version: "a/b" }, "invalid-image-name"],
  ])("refuses %s with %j: %s, and leaves nothing", async (name, more, code) => {
    const before = await store.list();
    await expect(store.add(file(name), { model: model("frr_linux"), version: "1", ...more })).rejects.toMatchObject({
      code,
    });
    expect(await store.list()).toEqual(before);
    const pool = await host.connection.storagePoolLookupByName("labscape-images");
    expect(
      (await pool.listAllVolumes()).map((volume) => volume.name).filter((volume) => volume.startsWith("frr_linux")),
    ).toEqual([]);
  });

  it("leaves nothing of an upload that is cancelled", async () => {
    const abort = new AbortController();
    const adding = store.add(file("big.img"), {
      model: model("frr_linux"),
      version: "1",
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    await expect(adding).rejects.toMatchObject({ code: "cancelled" });
    expect((await store.list()).some((image) => image.model === "frr_linux")).toBe(false);
  });

  describe("an upload that is cut off", () => {
    const SIZE = 3 * SEGMENT;
    const added = (changes: Partial<AddOptions> = {}): Promise<unknown> =>
      store.add(file("long.img"), { model: model("frr_linux"), version: "1", ...changes });
    const volumes = async (): Promise<readonly string[]> => {
      const pool = await host.connection.storagePoolLookupByName("labscape-images");
      const names = (await pool.listAllVolumes()).map(({ name }) => name);
      return names.filter((name) => name.startsWith("frr_linux@")).sort();
    };
    /** Adds it again; resolves with the first byte that went over the connection this time. */
    const again = async (name: string): Promise<number> => {
      const seen: number[] = [];
      await store.add(file(name), {
        model: model("frr_linux"),
        version: "1",
        onProgress: ({ done }) => seen.push(done),
      });
      expect(seen.at(-1)).toBe(SIZE);
      const sha256 = createHash("sha256").update(await readFile(file(name)));
      const stored = createHash("sha256");
      const pool = await host.connection.storagePoolLookupByName("labscape-images");
      for await (const chunk of await (await pool.volLookupByName("frr_linux@1@disk.qcow2")).download())
        stored.update(chunk as Buffer);
      const digest = sha256.digest("hex");
      expect(stored.digest("hex")).toBe(digest);
      expect((await store.list()).find((image) => image.model === "frr_linux")).toMatchObject({ sha256: digest });
      expect(await volumes()).toEqual(["frr_linux@1@disk.qcow2", "frr_linux@1@disk.qcow2.json"]);
      await store.remove("frr_linux", "1");
      return Math.floor(Math.min(...seen) / SEGMENT) * SEGMENT;
    };

    beforeAll(async () => {
      const bytes = Buffer.alloc(SIZE, "labscape");
      await writeFile(file("long.img"), bytes);
      await writeFile(file("other.img"), bytes.fill("another one", 0, SEGMENT));
    });

    it("with its process goes on from the last segment that arrived", async () => {
      const program = await bundleProgram<AddTask, unknown>(path.join(import.meta.dirname, "add-image.ts"));
      const task = { uri: hypervisor.uri, file: file("long.img"), model: "frr_linux", version: "1" };
      expect(await program.run({ ...task, killAfter: 1.5 * SEGMENT })).toBeUndefined();
      await program.remove();
      expect(await volumes()).toEqual(["frr_linux@1@disk.qcow2", "frr_linux@1@disk.qcow2@upload"]);
      expect((await store.list()).some((image) => image.model === "frr_linux")).toBe(false);
      expect(await again("long.img")).toBe(SEGMENT);
    });

    it("with its connection goes on, too; and is begun again when the file is another one by now", async () => {
      for (const [name, first] of [
        ["long.img", 2 * SEGMENT],
        ["other.img", 0],
      ] as const) {
        // Known before, so that the rest of the upload cannot be faster than the search for it.
        const daemon = await hypervisor.daemonPid();
        let killed = false;
        const adding = added({
          onProgress: ({ done }) => {
            if (!killed && done > 2.5 * SEGMENT) killed = process.kill(daemon, "SIGKILL");
          },
        });
        await expect(adding).rejects.toMatchObject({ code: "connection-lost" });
        await host.close();
        await hypervisor.startDaemon();
        host = await openHost({ uri: hypervisor.uri });
        store = new ImageStore(host);
        expect(await again(name)).toBe(first);
      }
    });

    it("is removed with its version when nobody wants to go on", async () => {
      await expect(added({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "cancelled" });
      expect(await volumes()).toEqual([]);
      const pool = await host.connection.storagePoolLookupByName("labscape-images");
      for (const name of ["disk.qcow2", "disk.qcow2@upload", "disk.qcow2.json"])
        await pool.volCreateXml(`<volume><name>frr_linux@1@${name}</name><capacity>0</capacity></volume>`);
      await store.remove("frr_linux", "1");
      expect(await volumes()).toEqual([]);
    });
  });

  it("refuses a second file of the same name, and removes a version that nobody uses", async () => {
    await expect(store.add(file("disk.qcow2"), { model: model("debian_linux"), version: "9.1" })).rejects.toMatchObject(
      { code: "image-exists" },
    );
    const { disk } = await store.resolve(model("debian_linux"), "9.1");
    const pool = await host.connection.storagePoolLookupByName("labscape-images");
    const user = await pool.volCreateXml(
      `<volume><name>user.qcow2</name><capacity>0</capacity><target><format type='qcow2'/></target><backingStore><path>${disk?.path ?? ""}</path><format type='qcow2'/></backingStore></volume>`,
    );
    await expect(store.remove("debian_linux", "9.1")).rejects.toMatchObject({
      code: "image-in-use",
      message: expect.stringContaining("user.qcow2") as unknown,
    });
    await user.delete();
    await store.remove("debian_linux", "9.1");
    await expect(store.remove("debian_linux", "9.1")).rejects.toMatchObject({ code: "image-not-found-in-store" });
    expect((await store.list()).some(({ model: name, version }) => name === "debian_linux" && version === "9.1")).toBe(
      false,
    );
  });
});
