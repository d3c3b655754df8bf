import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BRIDGE_HOOK_SCRIPT } from "../../src/hooks/bridge-hook.js";
import { parseAnswer } from "../../src/hooks/ask-hooks.js";
import { REPLUG_HOOK_SCRIPT, STATUS_FOLDER } from "../../src/hooks/replug-hook.js";
import { WIRE_HOOK_SCRIPT } from "../../src/hooks/wire-hook.js";
import { desire } from "../desired.js";

/** Stand for iproute2: they say what they are asked, know the devices of DEVICES, and fail as TC_FAILS tells. */
const IP = `#!/bin/sh
case " $DEVICES " in *" $4 "*) exit 0 ;; *) exit 1 ;; esac
`;
const TC = `#!/bin/sh
[ "$2" != show ] || exec echo "$JOINED"
echo "$*" >>"$LOG"
[ -z "$TC_FAILS" ] || case "$*" in $TC_FAILS) echo "no such thing" >&2; exit 1 ;; esac
`;

let folder: string;
let near: string;
let far: string;
let definition: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "labscape-hook-"));
  for (const [name, text] of Object.entries({ ip: IP, tc: TC, hook: WIRE_HOOK_SCRIPT, bridge: BRIDGE_HOOK_SCRIPT })) {
    writeFileSync(path.join(folder, name), text);
    chmodSync(path.join(folder, name), 0o755);
  }
  const { domains } = await desire(`name = "quarry"
nodes = [{ name = "a", model = "tiny_linux" }, { name = "b", model = "tiny_linux" }]
links = [{ src = "a::eth1", dst = "b::eth1", type = "wire" }, { src = "a::eth2", dst = "b::eth2" }]`);
  definition = domains[0]?.xml ?? "";
  [near = "", far = ""] = ["local", "remote"].map((end) => new RegExp(`${end}="(lw\\w+)"`).exec(definition)?.[1] ?? "");
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => rmSync(path.join(folder, "log"), { force: true }));

interface HookRun {
  readonly status: number | null;
  readonly calls: readonly string[];
  readonly complaints: string;
}

function run(operation: string, xml: string, environment: Readonly<Record<string, string>> = {}): HookRun {
  return runHook(path.join(folder, "hook"), ["quarry.a", operation, "begin", "-"], xml, environment);
}

function runHook(
  script: string,
  argv: readonly string[],
  input: string,
  environment: Readonly<Record<string, string>> = {},
): HookRun {
  const log = path.join(folder, "log");
  const { status, stderr } = spawnSync(script, argv, {
    input,
    encoding: "utf8",
    env: { PATH: `${folder}:/usr/bin:/bin`, LOG: log, DEVICES: `${near} ${far}`, ...environment },
  });
  return {
    status,
    calls: existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [],
    complaints: stderr,
  };
}

const redirect = (from: string, to: string, filter = "matchall"): string =>
  `filter add dev ${from} ingress protocol all ${filter} action mirred egress redirect dev ${to}`;
const joining = (from: string, to: string): readonly string[] => [
  `qdisc add dev ${from} clsact`,
  `filter del dev ${from} ingress`,
  redirect(from, to),
];

describe("the hook for wires", () => {
  it.each(["start", "reconnect"])("joins both taps of a wire both ways at %s, and no other cable", (operation) => {
    expect(run(operation, definition)).toEqual({
      status: 0,
      calls: [...joining(near, far), ...joining(far, near)],
      complaints: "",
    });
  });

  it("reads definitions however libvirt writes them", () => {
    const quoted = definition.replaceAll('"', "'").replaceAll("><", ">\n  <").replaceAll(" local=", "\n local=");
    expect(run("start", quoted).calls).toHaveLength(6);
  });

  it.each(["prepare", "started", "stopped", "release", "migrate"])("has nothing to do at %s", (operation) => {
    expect(run(operation, definition)).toEqual({ status: 0, calls: [], complaints: "" });
  });

  it("waits for the other end's tap, which joins them when it comes", () => {
    expect(run("start", definition, { DEVICES: near })).toEqual({ status: 0, calls: [], complaints: "" });
  });

  it("leaves alone what is joined already", () => {
    const JOINED = `action order 1: mirred (Egress Redirect to device ${far}) stolen`;
    expect(run("reconnect", definition, { JOINED }).calls).toEqual(joining(far, near));
  });

  it("takes a filter that matches everything where the kernel has no matchall", () => {
    const { status, calls } = run("start", definition, { TC_FAILS: "*matchall*" });
    expect(status).toBe(0);
    expect(calls).toContain(redirect(near, far, "u32 match u32 0 0"));
    expect(calls).toContain(redirect(far, near, "u32 match u32 0 0"));
  });

  it("fails the start, with what tc says, where the kernel has neither", () => {
    const { status, complaints } = run("start", definition, { TC_FAILS: "*filter?add*" });
    expect(status).toBe(1);
    expect(complaints).toBe(`no such thing\nlabscape: the taps ${near} and ${far} of a wire cannot be joined\n`);
  });

  it.each<[what: string, change: (xml: string) => string]>([
    ["without our metadata", (xml) => xml.replace("urn:labscape:resource", "urn:other")],
    ["that names a tap which is not its own", (xml) => xml.replace(`<target dev="${near}"`, '<target dev="vnet0"')],
    ["that names another device", (xml) => xml.replaceAll(near, "eth0").replaceAll(far, "eth1")],
    ["that names no device, but a command", (xml) => xml.replaceAll(far, "$(touch $LOG)")],
    ["of another hypervisor's making", () => "<domain type='kvm'><name>theirs</name></domain>"],
    ["that is empty", () => ""],
  ])("touches nothing for a definition %s", (_, change) => {
    expect(run("start", change(definition), { DEVICES: `${near} ${far} eth0 eth1` })).toEqual({
      status: 0,
      calls: [],
      complaints: "",
    });
  });
});

describe("the hook that plugs wires over", () => {
  const script = (): string => path.join(folder, "hooks/network.d/labscape-wires");
  const status = (): string => path.join(folder, "status");
  /** The definitions of running domains, as libvirt keeps them. */
  function running(...definitions: readonly string[]): void {
    rmSync(status(), { recursive: true, force: true });
    mkdirSync(status());
    definitions.forEach((xml, index) =>
      writeFileSync(path.join(status(), `my ${index}.xml`), `<domstatus>\n  ${xml}\n</domstatus>`),
    );
  }
  const other = (): string => definition.replaceAll(near, "lwx").replaceAll(far, near).replaceAll("lwx", far);
  function ask(taps: readonly string[], environment: Readonly<Record<string, string>> = {}): HookRun {
    const asked = taps.map((tap) => `<l:tap name="${tap}"/>`).join("\n");
    return runHook(
      script(),
      ["asked", "start", "begin", "-"],
      `<hookData><network><metadata><l:wires xmlns:l="urn:labscape:wires">${asked}</l:wires></metadata></network></hookData>`,
      environment,
    );
  }
  const said = ({ complaints }: HookRun): unknown => parseAnswer(complaints);
  const well = { wire: "installed", bridge: "absent", failed: [] };

  beforeAll(() => {
    for (const driver of ["qemu.d", "network.d"]) mkdirSync(path.join(folder, "hooks", driver), { recursive: true });
    // The test's own pid file is never there, so that libvirt sees every hook.
    const text = REPLUG_HOOK_SCRIPT.replaceAll(STATUS_FOLDER, status()).replaceAll("/run/", `${folder}/run/`);
    for (const file of [script(), path.join(folder, "hooks/qemu.d/labscape")])
      writeFileSync(file, text, { mode: 0o755 });
  });

  it("joins both taps of a wire that both running domains record, and answers by refusing the network", () => {
    running("<domain/>", definition, other());
    const answer = ask([near]);
    expect(answer).toMatchObject({ status: 1, calls: [...joining(near, far), ...joining(far, near)] });
    expect(said(answer)).toEqual(well);
  });

  it.each<[what: string, definitions: () => readonly string[], devices: () => string]>([
    ["is not there", () => [definition], () => near],
    [
      "records another one",
      () => [definition, other().replace(`remote="${near}"`, 'remote="lw0"')],
      () => `${near} ${far}`,
    ],
    [
      "belongs to a domain without our metadata",
      () => [definition, other().replace("urn:labscape:resource", "urn:other")],
      () => `${near} ${far}`,
    ],
  ])("parts a tap whose other end %s", (_, definitions, DEVICES) => {
    running(...definitions());
    const answer = ask([near], { DEVICES: DEVICES() });
    expect(answer.calls).toEqual([`filter del dev ${near} ingress`]);
    expect(said(answer)).toEqual(well);
  });

  it.each<[what: string, definitions: () => readonly string[], tap: () => string]>([
    ["that no domain has", () => ["<domain/>"], () => near],
    ["of a domain without our metadata", () => [definition.replace("urn:labscape:resource", "urn:other")], () => near],
    ["that is not of our form", () => [definition.replaceAll(near, "eth0")], () => "eth0"],
    ["that is a command", () => [definition], () => "lw0$(touch $LOG)"],
  ])("leaves a tap alone %s", (_, definitions, tap) => {
    running(...definitions());
    const answer = ask([tap()], { DEVICES: `${near} ${far} eth0` });
    expect(answer.calls).toEqual([]);
    expect(said(answer)).toEqual(well);
  });

  it("says which taps cannot be joined or parted", () => {
    running(definition, other());
    expect(said(ask([near], { TC_FAILS: "*filter?add*" }))).toEqual({ ...well, failed: [near] });
    running(definition);
    expect(said(ask([near], { JOINED: "still there" }))).toEqual({ ...well, failed: [near] });
  });

  it("says what is missing, or what libvirt does not see", () => {
    const qemu = path.join(folder, "hooks/qemu.d/labscape");
    const answers = (): unknown => said(ask([]));
    mkdirSync(path.join(folder, "run"));
    writeFileSync(path.join(folder, "run/libvirtd.pid"), "1");
    utimesSync(path.join(folder, "run/libvirtd.pid"), 0, 0);
    expect(answers()).toEqual({ ...well, wire: "unseen" });
    rmSync(path.join(folder, "run"), { recursive: true });
    chmodSync(qemu, 0o644);
    expect(answers()).toEqual({ ...well, wire: "absent" });
    chmodSync(qemu, 0o755);
    writeFileSync(path.join(folder, "hooks/network.d/labscape"), "", { mode: 0o755 });
    expect(answers()).toEqual({ ...well, bridge: "installed" });
    rmSync(path.join(folder, "hooks/network.d/labscape"));
  });

  it.each<[what: string, operation: string, network: string]>([
    ["without a request", "start", "<network><name>theirs</name></network>"],
    ["that has started", "started", '<network><metadata><l:wires xmlns:l="urn:labscape:wires"/></metadata></network>'],
  ])("lets a network start %s", (_, operation, network) => {
    expect(runHook(script(), ["n", operation, "begin", "-"], network)).toEqual({
      status: 0,
      calls: [],
      complaints: "",
    });
  });

  it("is understood only where it is what speaks", () => {
    expect(parseAnswer("Hook script execution failed: theirs: wire=installed")).toBeUndefined();
    expect(parseAnswer("labscape-wires: wire=no-tc bridge=installed failed=lw1,lw2")).toEqual({
      wire: "no-tc",
      bridge: "installed",
      failed: ["lw1", "lw2"],
    });
  });
});

describe("the hook for bridges", () => {
  it.each<[what: string, operation: string, network: string]>([
    ["of somebody else", "started", "<network><bridge name='ls0123456789a'/></network>"],
    [
      "of a lab's management",
      "started",
      `<network><metadata><l:resource xmlns:l="urn:labscape:resource" role="management"/></metadata><bridge name='ls01'/></network>`,
    ],
    [
      "whose device is not of our form",
      "started",
      `<network><metadata><l:resource xmlns:l="urn:labscape:resource" role="link"/></metadata><bridge name='../lo'/></network>`,
    ],
    [
      "that stops",
      "stopped",
      `<network><metadata><l:resource xmlns:l="urn:labscape:resource" role="link"/></metadata><bridge name='ls01'/></network>`,
    ],
  ])("does nothing for a network %s", (_, operation, network) => {
    const { status, stdout, stderr } = spawnSync(path.join(folder, "bridge"), ["n", operation, "begin", "-"], {
      input: `<hookData>${network}</hookData>`,
      encoding: "utf8",
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
  });
});
