import { execFile } from "node:child_process";
import { chmod, chown, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { guestImage } from "../../guests/index.js";
import { canRunHypervisor, isInstalled, startHypervisor, type Hypervisor } from "../hypervisor.js";
import { startSshServer, type SshServer } from "../node-libvirt/sshd.js";
import { reach, type Reach } from "./reach.js";

const sh = promisify(execFile);
const reason =
  (await canRunHypervisor()) ??
  ((await isInstalled("sshd")) ? undefined : "sshd is not installed: apt install openssh-server");

describe.skipIf(reason !== undefined)(`reaching nodes${reason === undefined ? "" : ` (${reason})`}`, () => {
  let hypervisor: Hypervisor;
  let lab: Reach;

  beforeAll(async () => {
    hypervisor = await startHypervisor();
    lab = await reach(
      () => hypervisor.uri,
      () => `exec nsenter --target ${hypervisor.pid} --net -- /usr/bin/ssh -o IdentitiesOnly=yes`,
      "",
    );
    vi.stubEnv("XDG_STATE_HOME", path.join(lab.folder, "state"));
    const { disk } = await guestImage("tiny_linux");
    await lab.labscape("image", "add", disk, "--model", "tiny_linux", "--version", "1.0");
    expect(await lab.labscape("up", "--yes")).toMatchObject({ code: 0, stderr: "" });
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await hypervisor.stop();
    await rm(lab.folder, { recursive: true });
  });

  it("runs a command on a node, and ends with its status", async () => {
    expect(await lab.labscape("exec", "a", "--", "echo", "one  two", "$HOME; *")).toMatchObject({
      code: 0,
      stdout: "one  two $HOME; *\n",
    });
    expect(await lab.labscape("exec", "b", "--lab", "pair", "--", "sh", "-c", "exit 7")).toMatchObject({ code: 7 });
    for (const command of [
      ["exec", "z", "--", "true"],
      ["console", "z"],
    ]) {
      expect(await lab.labscape(...command)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining("It has a, b.") as unknown,
      });
    }
  });

  it("logs in, by its own name for the node and by the configuration that it prints", async () => {
    expect((await lab.labscape("ssh", "b")).code).toBe(0);
    const { stdout } = await lab.labscape("ssh-config");
    const file = path.join(lab.folder, "config");
    await writeFile(file, stdout);
    const { stdout: name } = await sh(path.join(lab.folder, "ssh"), ["-F", file, "pair.b", "hostname"]);
    expect(name).toBe("b\n");
  });

  it("lists and inspects, and tells the password only when asked", async () => {
    const list = await lab.labscape("list", "--json");
    expect(JSON.parse(list.stdout)).toMatchObject({
      version: 1,
      labs: [{ name: "pair", manifest: lab.manifest, nodes: 2, running: 2, ready: 2 }],
    });
    expect((await lab.labscape("list")).stdout).toMatch(/pair +\S+ +2 +2 +2 +\S+pair\.lab\.toml/);
    const open = JSON.parse((await lab.labscape("inspect", "--json", "--secrets")).stdout) as {
      lab: { password: string };
    };
    expect(open.lab).toMatchObject({
      name: "pair",
      nodes: [
        { name: "a", user: "root", state: "running" },
        { name: "b", user: "root" },
      ],
      networks: [{ role: "management", active: true }],
      pool: { active: true },
    });
    expect(open.lab.password.length).toBeGreaterThan(8);
    for (const ask of [["inspect"], ["inspect", "--json"], ["status", "--json"]]) {
      expect((await lab.labscape(...ask)).stdout).not.toContain(open.lab.password);
    }
    expect((await lab.labscape("inspect", "--secrets")).stdout).toContain(open.lab.password);
  });

  it("prints a node's day-0 configuration, and what to type where a device takes none", async () => {
    const { stdout } = await lab.labscape("config", "b", lab.manifest);
    expect(stdout).toContain("==> meta-data <==");
    expect(stdout).toContain('hostname: "b"');
    expect(stdout).toMatch(/hashed_passwd: "\$6\$/);
    expect(await lab.labscape("config", "z", lab.manifest)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("It has a, b.") as unknown,
    });

    const manifest = path.join(lab.folder, "hand/hand.lab.toml");
    await mkdir(path.dirname(manifest));
    await writeFile(manifest, 'name = "hand"\nnodes = [{ name = "sw1", model = "arista_veos" }]\n');
    expect(await lab.labscape("config", "sw1", manifest)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Deploy it first: labscape up") as unknown,
    });
    const { disk } = await guestImage("tiny_linux");
    await lab.labscape("image", "add", disk, "--model", "arista_veos", "--version", "1");
    const up = await lab.labscape("up", manifest, "--yes", "--wait", "started");
    expect(up.stdout).toContain("Then type at its console what `labscape config sw1` prints.");
    const { lab: deployed } = JSON.parse((await lab.labscape("inspect", manifest, "--secrets", "--json")).stdout) as {
      lab: { password: string; nodes: { address: string }[] };
    };
    const typed = await lab.labscape("config", "sw1", manifest);
    expect(typed.stderr).toContain("Log in as admin without a password");
    expect(typed.stdout).toMatch(/^enable\nconfigure\nhostname sw1\n/);
    expect(typed.stdout).toContain(`secret 0 ${deployed.password}\n`);
    expect(typed.stdout).toContain(`ip address ${deployed.nodes[0]?.address ?? ""}/24\n`);
    await lab.labscape("destroy", manifest, "--yes");
  });

  it("pulls a cable so that both guests see it; a plan knows, and up plugs it in again", async () => {
    const carriers = async (): Promise<string> => {
      const seen = [];
      for (const node of ["a", "b"])
        seen.push((await lab.labscape("exec", node, "--", "cat", "/sys/class/net/eth1/carrier")).stdout.trim());
      return seen.join("");
    };
    const down = await lab.labscape("link", "b::eth1", "down");
    expect(down).toMatchObject({ code: 0, stderr: "" });
    expect(await carriers()).toBe("00");
    expect((await lab.labscape("link", "a::eth1", "down")).stdout).toContain("as before");
    expect(JSON.parse((await lab.labscape("status", "--json")).stdout)).toMatchObject({
      labs: [{ links: [{ state: "down" }] }],
    });
    const { steps } = JSON.parse((await lab.labscape("plan", "--json")).stdout) as { steps: { reason: string }[] };
    expect(steps.map(({ reason: why }) => why)).toEqual(["link eth1 down -> up", "link eth1 down -> up"]);
    await lab.labscape("link", "a::eth1", "up");
    expect(await carriers()).toBe("11");
    expect(JSON.parse((await lab.labscape("plan", "--json")).stdout)).toMatchObject({ steps: [] });
    expect(await lab.labscape("exec", "a", "--", "ping", "-c", "2", "-W", "5", "10.0.0.2")).toMatchObject({ code: 0 });
    expect(await lab.labscape("link", "a::eth9", "down")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("a has cables at a::eth1.") as unknown,
    });
  });

  it("powers nodes", async () => {
    const down = await lab.labscape("down", "b", "--force");
    expect(down.stdout).toContain("pair: b off.");
    expect(await lab.labscape("start", "--json")).toMatchObject({ code: 0 });
    expect(await lab.labscape("exec", "b", "--", "hostname")).toMatchObject({ stdout: "b\n" });
  });
});

describe.skipIf(reason !== undefined)(
  `reaching nodes of a remote host${reason === undefined ? "" : ` (${reason})`}`,
  () => {
    let hypervisor: Hypervisor;
    let folder: string;
    let server: SshServer;
    let lab: Reach | undefined;
    /** An account of the hypervisor alone, without rights. */
    const ADA = 65_533;

    beforeAll(async () => {
      hypervisor = await startHypervisor({ network: "machine" });
      folder = await mkdtemp(path.join(tmpdir(), "labscape-remote-"));
      await chmod(folder, 0o755);
      const home = path.join(folder, "ada");
      await mkdir(home);
      await chown(home, ADA, 65_534);
      const accounts = path.join(folder, "passwd");
      await writeFile(
        accounts,
        `root:x:0:0::/root:/bin/sh\nsshd:x:100:65534::/run/sshd:/bin/false\nada:x:${ADA}:65534::${home}:/bin/sh\n`,
      );
      await hypervisor.exec(["mount", "--bind", accounts, "/etc/passwd"]);
      server = await startSshServer(hypervisor, folder, "/usr/bin:/bin:/usr/sbin");
    });
    afterEach(async () => {
      vi.unstubAllEnvs();
      if (lab === undefined) return;
      await lab.labscape("destroy", "--lab", "pair", "--yes");
      await rm(lab.folder, { recursive: true });
      lab = undefined;
    });
    afterAll(async () => {
      await hypervisor.stop();
      await rm(folder, { recursive: true });
    });

    it.each<[mode: string, account: string, manifest: string]>([
      ["system", "root", `management = { mode = "user" }`],
      // Labs and images go below the home of its user there, which libvirt tells.
      ["session", "ada", ""],
    ])("jumps through it to nodes of its %s daemon, as its URI says", async (mode, account, manifest) => {
      const uri = `qemu+ssh://${account}@hypervisor/${mode}?command=${server.client}`;
      const home = path.join(folder, account);
      const reached = await reach(
        () => uri,
        () => `exec /usr/bin/ssh -F '${folder}/client-config'`,
        manifest,
      );
      lab = reached;
      vi.stubEnv("XDG_STATE_HOME", path.join(reached.folder, "state"));
      const { disk } = await guestImage("tiny_linux");
      const added = await reached.labscape("image", "add", disk, "--model", "tiny_linux", "--version", "1.0");
      expect(added.code, added.stderr).toBe(0);
      const deployed = await reached.labscape("up", "--yes");
      expect(deployed.code, deployed.stdout).toBe(0);
      const { stdout } = await reached.labscape("ssh-config");
      expect(stdout).toMatch(new RegExp(`ProxyJump ${account}@hypervisor$`, "m"));
      const config = path.join(reached.folder, "config");
      await writeFile(config, stdout);
      const jump = [`-oProxyCommand=${server.client} -W %h:%p ${account}@hypervisor`];
      const { stdout: name } = await sh("/usr/bin/ssh", [
        ...jump,
        "-i",
        reached.key,
        "-F",
        config,
        "pair.a",
        "hostname",
      ]);
      expect(name).toBe("a\n");
      expect(await reached.labscape("exec", "b", "--", "hostname")).toMatchObject({ code: 0, stdout: "b\n" });
      expect((await reached.labscape("ssh", "b")).code).toBe(0);
      const below = path.join(home, ".local/share/labscape");
      if (mode === "session") expect((await readdir(below)).sort()).toEqual(["ada.pair", "images"]);
      expect(await reached.labscape("destroy", "--yes")).toMatchObject({ code: 0 });
      if (mode === "session") expect(await readdir(below)).toEqual(["images"]);
    });
  },
);
