import { describe, expect, test } from "vitest";
import { analyzeText } from "../support/analyze.js";
import { check } from "../support/check.js";

describe("secrets", () => {
  const node = (line: string) => `name = "x"\n[[nodes]]\nname = "a"\nmodel = "debian_linux"\n${line}`;
  test.each([
    [
      "a password",
      'environment_variables = ["PGPASSWORD=swordfish"]\n#                                    ^^^^^^^^^ plaintext-password',
    ],
    ["a token", 'environment_variables = ["CI_TOKEN=abc"]\n#                                  ^^^ plaintext-password'],
    [
      "an access key",
      "environment_variables = ['AWS_SECRET_ACCESS_KEY=a$b']\n#                                               ^^^ plaintext-password",
    ],
    ["a private key", 'ssh_authorized_keys = ["""\n-----BEGIN OPENSSH PRIVATE KEY-----\nb3\n"""]'],
  ])("%s in the open", (_, line) => {
    if (line.includes("BEGIN"))
      expect(analyzeText(node(line)).findings.map(({ code }) => code)).toEqual(["plaintext-password"]);
    else check(node(line));
  });

  test.each([
    'environment_variables = ["CI_TOKEN=$CI_TOKEN", "TOKEN_URL=http://x", "PWD=/root", "COMPASS=north", "PASSWORD="]',
    'ssh_authorized_keys = ["ssh-ed25519 AAAA me@home"]',
  ])("nothing of %s", (line) => check(node(line)));

  test("a password in a URI, and one in a key that does nothing", () => {
    check(`name = "x"
nodes = []
host.uri = "qemu+tcp://me:swordfish@server/system"
#                         ^^^^^^^^^ plaintext-password
ztp_server = { enable = true, password = "swordfish" }
^^^^^^^^^^ unsupported-key
#                                         ^^^^^^^^^ plaintext-password`);
    check('name = "x"\nnodes = []\nhost.uri = "qemu+ssh://me@[::1]:22/system"');
  });

  test("no message repeats a secret", () => {
    const { findings } = analyzeText(
      node('environment_variables = ["PASSWORD=swordfish"]\n[host]\nuri = "qemu+ssh://me:swordfish@server/system"'),
    );
    expect(findings).toHaveLength(2);
    for (const { message } of findings) expect(message).not.toContain("swordfish");
  });
});
