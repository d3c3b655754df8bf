import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { Connection, ConnectionError, parseUri, sessionDirectory } from "node-libvirt";
import { socketPaths } from "../src/transport/sockets.js";
import { sshArguments } from "../src/transport/ssh.js";
import { remoteName } from "../src/transport/uri.js";

describe("parseUri", () => {
  it.each([
    ["qemu:///system", { driver: "qemu", transport: "unix", path: "/system" }],
    ["qemu:///session", { driver: "qemu", transport: "unix", path: "/session" }],
    ["test:///default", { driver: "test", transport: "unix", path: "/default" }],
    [
      "qemu+ssh://ada@lab.example:2222/system",
      { driver: "qemu", transport: "ssh", user: "ada", host: "lab.example", port: 2222, path: "/system" },
    ],
    ["qemu://lab.example/system", { transport: "tls", host: "lab.example" }],
    ["qemu+tcp://lab.example:1/system", { transport: "tcp", port: 1 }],
    ["network:///system?mode=direct", { driver: "network", transport: "unix", mode: "direct" }],
    ["qemu+ssh://[2001:db8::1]/session", { transport: "ssh", host: "2001:db8::1", path: "/session" }],
  ])("%s", (text, expected) => {
    expect(parseUri(text)).toMatchObject(expected);
  });
  it.each(
    ["", "system", "qemu", "qemu+ssh:///system", "qemu+carrier-pigeon://host/system"].concat([
      "qemu+unix://host/system",
      "qemu+tls:///system",
      "qemu:///system?mode=odd",
      "qemu+tls://h/system?tls_priority=X",
    ]),
  )("refuses %j", (text) => {
    expect(() => parseUri(text)).toThrow(ConnectionError);
  });
  it("gives the daemon the URI without what only the client reads", () => {
    expect(remoteName(parseUri("qemu+unix:///system?socket=/tmp/s"))).toBe("qemu:///system");
    expect(remoteName(parseUri("qemu+ssh://h/system?keyfile=/k&no_tty=1&x=y"))).toBe("qemu:///system?x=y");
    expect(remoteName(parseUri("qemu+ssh://h/system?name=test:///default"))).toBe("test:///default");
  });
});

describe("socketPaths", () => {
  const session = sessionDirectory();
  it.each([
    ["qemu:///system", false, ["/run/libvirt/virtqemud-sock", "/run/libvirt/libvirt-sock"]],
    ["qemu:///system", true, ["/run/libvirt/virtqemud-sock-ro", "/run/libvirt/libvirt-sock-ro"]],
    ["qemu:///system?mode=direct", false, ["/run/libvirt/virtqemud-sock"]],
    ["qemu:///system?mode=legacy", false, ["/run/libvirt/libvirt-sock"]],
    ["network:///system", false, ["/run/libvirt/virtnetworkd-sock", "/run/libvirt/libvirt-sock"]],
    ["storage:///system", false, ["/run/libvirt/virtstoraged-sock", "/run/libvirt/libvirt-sock"]],
    ["nwfilter:///system", false, ["/run/libvirt/virtnwfilterd-sock", "/run/libvirt/libvirt-sock"]],
    ["test:///default", false, ["/run/libvirt/libvirt-sock", "/run/libvirt/virtqemud-sock"]],
    ["qemu:///session", true, [`${session}/virtqemud-sock`, `${session}/libvirt-sock`]],
    ["qemu:///system?socket=/s", true, ["/s"]],
  ])("%s, read-only %s", (text, readonly, expected) => {
    expect(socketPaths(parseUri(text), { readonly }).filter((one) => !one.startsWith("/var/run"))).toEqual(expected);
  });
});

describe("sshArguments", () => {
  it("never lets a host name be read as an option, and quotes what the remote shell reads", () => {
    const args = sshArguments(parseUri("qemu+ssh://ada@-oProxyCommand=x:22/system?socket=/tmp/it's"));
    expect(args.slice(args.indexOf("--"), -1)).toEqual(["--", "-oProxyCommand=x"]);
    expect(args.at(-1)).toContain(String.raw`/tmp/it`);
    expect(args).toContain("ada");
  });
});

describe("qemu+ssh", () => {
  it("fails with what ssh says", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "node-libvirt-ssh-"));
    const ssh = path.join(folder, "ssh");
    await writeFile(ssh, "#!/bin/sh\necho 'Permission denied (publickey).' >&2\nexit 255\n");
    await chmod(ssh, 0o755);
    await expect(Connection.open(`qemu+ssh://ada@lab.example/system?command=${ssh}`)).rejects.toMatchObject({
      code: "unreachable",
      message: "ssh to lab.example ended: Permission denied (publickey).",
    });
    await rm(folder, { recursive: true });
  });
  it("fails when there is no ssh", async () => {
    await expect(Connection.open("qemu+ssh://lab.example/system?command=/nonexistent/ssh")).rejects.toMatchObject({
      code: "unreachable",
    });
  });
});
