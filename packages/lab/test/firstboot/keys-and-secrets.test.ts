import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createSecret, userPublicKeys } from "../../src/firstboot/index.js";
import { parsePublicKey } from "../../src/firstboot/public-keys.js";
import { sha512Crypt } from "../../src/firstboot/sha512-crypt.js";
import { key } from "../nodes.js";
import { missingPrograms, run, scratch } from "../tools.js";

describe("createSecret", () => {
  it("makes another password each time, of three kinds of characters, with its hash", () => {
    const secrets = Array.from({ length: 20 }, createSecret);
    expect(new Set(secrets.map(({ password }) => password)).size).toBe(20);
    for (const { password, passwordHash } of secrets) {
      expect(password).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z\d]{16}$/);
      expect(passwordHash).toBe(sha512Crypt(password, passwordHash.split("$")[2] ?? ""));
    }
  });
});

describe("the user's public keys", () => {
  it("are those of the .pub files, without certificates and rubbish", async () => {
    const directory = await scratch();
    await writeFile(join(directory, "id_b.pub"), `${key}\n`);
    await writeFile(join(directory, "id_a.pub"), `${key} two words\r\n`);
    await writeFile(join(directory, "id_a-cert.pub"), "ssh-ed25519-cert-v01@openssh.com AAAA me\n");
    await writeFile(join(directory, "cut.pub"), `${key.slice(0, 40)}\n`);
    await writeFile(join(directory, "id_a"), "PRIVATE");
    expect(await userPublicKeys(directory)).toEqual([`${key} two words`, key]);
  });

  it("are none where there is no such folder", async () => {
    expect(await userPublicKeys(join(await scratch(), "absent"))).toEqual([]);
  });

  it.skipIf(missingPrograms("ssh-keygen").length > 0).each(["ed25519", "rsa", "ecdsa"])(
    "of type %s are taken apart as ssh-keygen makes them",
    async (type) => {
      const file = join(await scratch(), "key");
      await run("ssh-keygen", ["-q", "-t", type, "-N", "", "-C", "a comment", "-f", file]);
      const [line = ""] = await userPublicKeys(join(file, ".."));
      const { stdout } = await run("ssh-keygen", ["-l", "-E", "md5", "-f", `${file}.pub`]);
      const md5 = /MD5:(\S+)/.exec(stdout)?.[1]?.replaceAll(":", "").toUpperCase();
      expect(parsePublicKey(line, "test")).toMatchObject({ line, comment: "a comment", md5 });
    },
  );
});
