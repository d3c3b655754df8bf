import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { knownHostsFile, sshArguments, sshConfig, type SshNode } from "../../src/ssh/index.js";
import { missingPrograms, run, scratch } from "../tools.js";

const local = { name: "first", owner: "ada", uri: "qemu:///system" };
const remote = { ...local, uri: "qemu+ssh://ada@lab.example:2222/system" };
const r1: SshNode = { name: "r1", user: "lab", address: "172.31.0.10" };
const forwarded: SshNode = { name: "r2", user: "root", address: "", forward: { host: "127.0.0.1", port: 40022 } };
const unreachable: SshNode = { name: "r3", user: "root", address: "" };
const known = "/home/ada lovelace/50%/known_hosts";

/** How ssh understands the arguments: option, in small letters, to value. */
async function understood(...args: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { stdout } = await run("ssh", ["-G", ...args]);
  return new Map(
    stdout
      .trim()
      .split("\n")
      .map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)]),
  );
}

describe("ssh", () => {
  const cases = [
    [
      "a node with an address",
      local,
      r1,
      { hostname: "172.31.0.10", port: "22", user: "lab", hostkeyalias: "first.r1" },
    ],
    ["a node with a forwarded port", local, forwarded, { hostname: "127.0.0.1", port: "40022", user: "root" }],
    ["a node on another machine", remote, r1, { hostname: "172.31.0.10", proxyjump: "ada@lab.example:2222" }],
    [
      "a forwarded port on another machine",
      remote,
      forwarded,
      { hostname: "127.0.0.1", proxyjump: "ada@lab.example:2222" },
    ],
  ] as const;

  describe.skipIf(missingPrograms("ssh").length > 0)("as OpenSSH understands it", () => {
    it.each(cases)("arguments reach %s", async (_, lab, node, expected) => {
      const options = await understood(...sshArguments(lab, node, [], known));
      expect(Object.fromEntries(options)).toMatchObject({ ...expected, stricthostkeychecking: "false" });
      expect(options.get("userknownhostsfile")).toContain("/home/ada lovelace/50%");
    });

    it.each(cases)("the configuration reaches %s", async (_, lab, node, expected) => {
      const file = join(await scratch(), "config");
      await writeFile(file, sshConfig(lab, [unreachable, r1, forwarded], known));
      const options = await understood("-F", file, `first.${node.name}`);
      expect(Object.fromEntries(options)).toMatchObject({ ...expected, stricthostkeychecking: "false" });
      expect(options.get("userknownhostsfile")).toContain("/home/ada lovelace/50%");
    });
  });

  it("passes a command's words on as they are", async () => {
    const words = ["printf", "%s|", "it's", "$HOME", "a b"];
    const command = sshArguments(local, r1, words, known).at(-1) ?? "";
    expect((await run("sh", ["-c", command])).stdout).toBe("it's|$HOME|a b|");
  });

  it("leaves nodes out of the configuration that cannot be reached, and says why of one alone", () => {
    expect(sshConfig(local, [unreachable], known)).not.toContain("Host ");
    expect(() => sshArguments(local, unreachable)).toThrow(expect.objectContaining({ code: "no-management-address" }));
  });

  it.each(["-oProxyCommand=x", "a b", 'a"b', "a\nb", ""])("refuses the user %j", (user) => {
    expect(() => sshArguments(local, { ...r1, user })).toThrow(expect.objectContaining({ code: "invalid-user" }));
  });

  it("keeps the keys of a lab's nodes in a file of the lab", () => {
    expect(knownHostsFile(local, "/state")).toBe("/state/labscape/ada.first.known_hosts");
  });
});
