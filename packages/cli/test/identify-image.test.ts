import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { builtinCatalogue } from "@labscape/devices";
import { readModelFiles } from "@labscape/topology";
import { identifyImage } from "../src/identify-image.js";
import type { Io } from "../src/io.js";

const twins = readModelFiles([[{ file: "/a.toml", text: 'name = "my_vyos"\nextends = "vyos"\n' }]]).catalogue;
const VYOS = "vyos-1.5-rolling-202401-generic-amd64.qcow2";

/** A terminal whose person types these lines, or no terminal. */
function io(answers?: string): Io {
  const tty = answers !== undefined;
  const stdin = Object.assign(new PassThrough(), { isTTY: tty });
  const stdout = Object.assign(new PassThrough(), { isTTY: tty });
  if (tty) stdin.write(answers);
  return { stdin, stdout, stderr: stdout, env: {}, cwd: "/", signal: new AbortController().signal };
}

const identify = async (
  file: string,
  options: { readonly model?: string; readonly version?: string } = {},
  answers?: string,
  catalogue = builtinCatalogue,
) => {
  const { model, version } = await identifyImage(io(answers), catalogue, file, options);
  return `${model.name} ${version}`;
};

describe("identifyImage", () => {
  it("reads model and version from the vendor's name", async () => {
    expect(await identify("cumulus-linux-5.9.1-vx-amd64-qemu.qcow2")).toBe("nvidia_cumulus 5.9.1");
    expect(await identify("vFPC-20210211.img")).toBe("juniper_vmx 20210211");
  });
  it("lets options win", async () => {
    const options = { model: "debian_linux", version: "1" };
    expect(await identify("cumulus-linux-5.9.1-vx-amd64-qemu.qcow2", options)).toBe("debian_linux 1");
  });
  it("fails without a terminal, with what to choose from", async () => {
    await expect(identify("disk.qcow2")).rejects.toMatchObject({ code: "image-not-recognized" });
    await expect(identify("noble-server-cloudimg-amd64.img")).rejects.toMatchObject({ code: "image-version-unknown" });
    await expect(identify(VYOS, {}, undefined, twins)).rejects.toMatchObject({
      code: "image-not-recognized",
      message: expect.stringContaining("my_vyos, vyos") as unknown,
    });
  });
  it("asks at a terminal", async () => {
    expect(await identify("noble-server-cloudimg-amd64.img", {}, "24.04\n")).toBe("ubuntu_linux 24.04");
    expect(await identify(VYOS, {}, "vyos\n", twins)).toMatch(/^vyos 1\.5/);
  });
});
