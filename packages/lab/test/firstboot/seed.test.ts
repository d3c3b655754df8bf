import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { builtinCatalogue } from "@labscape/devices";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { buildSeed, renderFiles } from "../../src/firstboot/index.js";
import { loadModels } from "../../src/manifest/models.js";
import { contextOf, key, modelOf, nodeOf } from "../nodes.js";
import { filesBelow, missingPrograms, run, scratch } from "../tools.js";

/** Stands in for the disk. */
const texts: Readonly<Record<string, string>> = {
  "/labs/first/scripts/one.sh": "#!/bin/sh\necho 'one' > /one\n",
  "/labs/first/motd": 'welcome to "r1"\n\u2028: {{ hostname }}\n',
  "/labs/keys/other.pub":
    "# a comment\n\nssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHVhIJmNp5wSvFWYVV4zPAXcNXO9M0jsa8t0tSRmMZSp other\n",
  "/labs/first/own.cfg": "hostname {{ hostname }}\n! {{ ports[0].mac }}\n",
};
const sources = {
  readText: (path: string): Promise<string> =>
    Promise.resolve(texts[path] ?? Promise.reject(new Error(`no such text: ${path}`))),
  environment: { TOKEN: 'a"b $c' },
};

const { lab, domain, reservedMacs, portMacs, peers, secret } = contextOf();
const withoutManagement = { lab, domain, reservedMacs, portMacs, peers, secret, userKeys: [] };

describe("buildSeed", () => {
  const missing = missingPrograms("xorriso", "mcopy");

  it.skipIf(missing.length > 0)("makes NoCloud data that holds everything the manifest says", async () => {
    const node = nodeOf("debian_linux", {
      startupScripts: ["scripts/one.sh"],
      userScripts: ["scripts/one.sh"],
      textFiles: [{ src: "motd", dst: "/etc/motd", user: "root", group: "adm", permissions: "0640" }],
      environment: [
        { name: "FIXED", value: "it's" },
        { name: "TOKEN", fromEnvironment: "TOKEN" },
      ],
      sshAuthorizedKeys: [key],
      sshAuthorizedKeyFiles: ["/labs/keys/other.pub"],
      user: "lab",
      ports: [
        { index: 0, name: "eth1", ipv4: "10.0.0.1/30", mtu: 9000 },
        { index: 1, name: "eth2", ipv6: "2001:db8::1/64", mac: "52:54:00:AA:BB:CC" },
      ],
    });
    const seed = await buildSeed(node, contextOf(), sources);
    const files = await iso(seed?.bytes);
    expect([...files.keys()].sort()).toEqual(["meta-data", "network-config", "user-data"]);

    const userData = files.get("user-data")?.toString() ?? "";
    expect(userData).toMatch(/^#cloud-config\n/);
    expect(parse(userData, { version: "1.1" })).toMatchObject({
      hostname: "r1",
      fqdn: "r1.first.lab",
      users: [
        { name: "lab", hashed_passwd: "$6$salt$hash", ssh_authorized_keys: [key, expect.stringMatching(/ other$/)] },
      ],
      write_files: expect.arrayContaining([
        { path: "/etc/motd", owner: "root:adm", permissions: "0640", defer: true, content: texts["/labs/first/motd"] },
        expect.objectContaining({ content: texts["/labs/first/scripts/one.sh"] }),
        expect.objectContaining({ content: "export FIXED='it'\\''s'\nexport TOKEN='a\"b $c'\n" }),
      ]) as unknown,
    });
    expect(parse(files.get("meta-data")?.toString() ?? "")).toMatchObject({ "local-hostname": "r1" });
    expect(parse(files.get("network-config")?.toString() ?? "")).toMatchObject({
      version: 2,
      ethernets: {
        eth0: { match: { macaddress: "52:54:00:00:00:01" }, addresses: ["172.31.0.10/24"] },
        eth1: { match: { macaddress: "52:54:00:00:01:00" }, addresses: ["10.0.0.1/30"], mtu: 9000 },
        eth2: { match: { macaddress: "52:54:00:aa:bb:cc" }, addresses: ["2001:db8::1/64"] },
      },
    });
  });

  it("changes the instance id exactly when the files change, and not for what they do not mention", async () => {
    const id = async (changes: Parameters<typeof nodeOf>[1], peer = "r2"): Promise<string | undefined> => {
      const context = { ...contextOf(), peers: new Map([[0, { node: peer, port: "eth1" }]]) };
      const seed = await buildSeed(nodeOf("tiny_linux", changes), context, sources);
      return /instance-id: "([^"]+)"/.exec(Buffer.from(seed?.bytes ?? []).toString("latin1"))?.[1];
    };
    const first = await id({});
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    expect(await id({})).toBe(first);
    expect(await id({}, "r3")).toBe(first);
    expect(await id({ startupScripts: ["scripts/one.sh"] })).not.toBe(first);
  });

  it("gives equal bytes and hash for equal data", async () => {
    const [one, two] = await Promise.all([1, 2].map(() => buildSeed(nodeOf("juniper_vrouter"), contextOf(), sources)));
    expect(Buffer.compare(one?.bytes ?? Buffer.from("one"), two?.bytes ?? Buffer.from("two"))).toBe(0);
    expect(one?.hash).toBe(two?.hash);
    expect(one?.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it.skipIf(missing.length > 0)("puts a node's ztp_config in place of the generated configuration", async () => {
    const seed = await buildSeed(nodeOf("cisco_iosv", { ztpConfig: "own.cfg" }), contextOf(), sources);
    const [[name, content] = []] = await fat(seed?.bytes, "@@1M");
    expect(name).toBe(modelOf("cisco_iosv").firstBoot.files[0]?.name);
    expect(content?.toString()).toBe("hostname r1\n! 52:54:00:00:01:00\n");
  });

  it.skipIf(missing.length > 0)("wraps files into the archive that the model asks for", async () => {
    const seed = await buildSeed(nodeOf("juniper_vrouter"), contextOf(), sources);
    const archive = (await fat(seed?.bytes)).get("vmm-config.tgz");
    const directory = await scratch();
    await writeFile(join(directory, "a.tar"), gunzipSync(archive ?? new Uint8Array()));
    const { stdout } = await run("tar", ["-xOf", join(directory, "a.tar"), "config/juniper.conf"]);
    expect(stdout).toContain('host-name "r1";');
  });

  // Every device takes a node with everything set, whatever its name, description and addresses are.
  it.each(builtinCatalogue.models.map((model) => [model.name, model] as const))("renders %s", async (_, model) => {
    const ports = [0, 1].slice(0, model.ports.data.maxCount).map((index) => ({
      index,
      name: "port",
      ipv4: `10.0.${index}.1/24`,
      ipv6: `2001:db8:${index}::1/64`,
      mtu: 1500,
      description: 'to "core" \\ $x {{ y }} <z>',
    }));
    const full = await buildSeed(nodeOf(model, { ports }), contextOf(), sources);
    const bare = await buildSeed(nodeOf(model, { ports: [] }), withoutManagement, sources);
    const takesNone = ["none", "kernel"].includes(model.firstBoot.method);
    expect(full === undefined).toBe(takesNone);
    expect(bare === undefined).toBe(takesNone);
  });

  it("renders a template of a user's own, beside the model's file", async () => {
    const folder = await scratch();
    await writeFile(
      join(folder, "acme.toml"),
      'name = "acme"\nextends = "cisco_asav"\nfirst_boot.files = [{ name = "a", template = "./acme.j2" }]\n',
    );
    await writeFile(
      join(folder, "acme.j2"),
      "{{ hostname | word }} {{ ports[0].device_name }} {{ instance_id | length }}\n",
    );
    const { catalogue } = await loadModels({ directory: folder, named: [folder], environment: {} });
    const model = catalogue.find("acme")?.model;
    if (model === undefined) throw new Error("the model was not read");
    const [file] = await renderFiles(nodeOf(model), contextOf());
    expect(file).toMatchObject({ file: { name: "a" }, text: "r1 GigabitEthernet0/0 36\n" });
    await rm(join(folder, "acme.j2"));
    await expect(renderFiles(nodeOf(model), contextOf())).rejects.toMatchObject({ code: "file-not-found" });
  });

  it.each([
    ["a key that is none", { sshAuthorizedKeys: ["ssh-ed25519 nonsense"] }, "invalid-ssh-key"],
    ["a key with options", { sshAuthorizedKeys: [`command="x" ${key}`] }, "invalid-ssh-key"],
    [
      "a variable that is not set",
      { environment: [{ name: "X", fromEnvironment: "NO" }] },
      "environment-variable-not-set",
    ],
  ] as const)("refuses %s", async (_, changes, code) => {
    await expect(buildSeed(nodeOf("tiny_linux", changes), contextOf(), sources)).rejects.toMatchObject({ code });
  });

  it("reads the user's files from the disk, relative to the manifest, and says what is wrong with them", async () => {
    const directory = await scratch();
    const at = { file: join(directory, "lab.toml"), range: { start: 0, end: 0 } };
    await writeFile(join(directory, "binary"), Buffer.from([0xff, 0xfe, 0]));
    await writeFile(join(directory, "zero"), "a\0b");
    await writeFile(join(directory, "text"), "from the disk");
    const build = (path: string): ReturnType<typeof buildSeed> =>
      buildSeed(nodeOf("tiny_linux", { at, startupScripts: [path] }), contextOf());
    expect(Buffer.from((await build("text"))?.bytes ?? []).includes("from the disk")).toBe(true);
    await expect(build("absent")).rejects.toMatchObject({ code: "file-not-found" });
    await expect(build(".")).rejects.toMatchObject({ code: "file-not-found" });
    await expect(build("binary")).rejects.toMatchObject({ code: "not-a-text-file" });
    await expect(build("zero")).rejects.toMatchObject({ code: "not-a-text-file" });
  });

  it("never says a password in a message", async () => {
    const texts = {
      readText: () => Promise.resolve("{{ password.plain | nofilter }} {{ password.plain.x }}"),
      environment: {},
    };
    const attempt = buildSeed(nodeOf("tiny_linux", { ztpConfig: "x" }), contextOf(), texts);
    await expect(attempt).rejects.toMatchObject({ code: "template-error" });
    await expect(attempt).rejects.not.toThrow(/s3cretPassw0rd/);
  });
});

async function iso(bytes: Uint8Array = new Uint8Array()): Promise<Map<string, Buffer>> {
  const directory = await scratch();
  const file = join(directory, "image.iso");
  await writeFile(file, bytes);
  const out = join(directory, "out");
  await run("xorriso", ["-osirrox", "on", "-indev", `stdio:${file}`, "-extract", "/", out]);
  return filesBelow(out);
}

async function fat(bytes: Uint8Array = new Uint8Array(), partition = ""): Promise<Map<string, Buffer>> {
  const directory = await scratch();
  const file = join(directory, "image");
  await writeFile(file, bytes);
  const out = await scratch();
  await run("mcopy", ["-s", "-b", "-i", `${file}${partition}`, "::*", out]);
  return filesBelow(out);
}
