import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { TemplateKey } from "@labscape/devices";
import { LabError } from "../errors.js";

/** Key types of OpenSSH (sshd(8), AUTHORIZED_KEYS FILE FORMAT). */
const KEY_TYPE =
  /^(ssh-(ed25519|rsa|dss)|ecdsa-sha2-nistp(256|384|521)|sk-(ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com)$/;

/**
 * The invoking user's own public keys, from `*.pub` in the directory, in the order of the file names. Empty without any.
 *
 * @param directory the user's `~/.ssh` where absent.
 */
export async function userPublicKeys(directory = join(homedir(), ".ssh")): Promise<readonly string[]> {
  let names: readonly string[];
  try {
    names = await readdir(directory);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
  const texts = await Promise.all(
    names
      .filter((name) => name.endsWith(".pub"))
      .sort()
      .map((name) => readFile(join(directory, name), "utf8")),
  );
  // Certificates lie there under the same ending, and who knows what else; none of it is a key that could be authorised.
  return texts.flatMap(keyLines).filter((line) => takeApart(line) !== undefined);
}

/** The keys of an authorized_keys or .pub file: its lines without blank ones and comments. */
export function keyLines(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}

/**
 * Takes a public key line apart.
 *
 * @param where what a person calls the place that the key comes from.
 * @throws LabError `invalid-ssh-key`, also for keys with options before them, which only an authorized_keys file can hold.
 */
export function parsePublicKey(line: string, where: string): TemplateKey {
  const key = takeApart(line);
  if (key !== undefined) return key;
  throw new LabError(
    "invalid-ssh-key",
    `${where}: this is not an OpenSSH public key: "${line.slice(0, 40)}"`,
    'Use one line of a ".pub" file: type, key and comment ("ssh-ed25519 AAAA... me@host"), without options before it.',
  );
}

function takeApart(line: string): TemplateKey | undefined {
  const [type = "", base64 = "", ...words] = line.trim().split(/[ \t]+/);
  const comment = words.join(" ");
  const data = Buffer.from(base64, "base64");
  if (!KEY_TYPE.test(type) || data.toString("base64") !== base64 || !isKeyData(data, type)) return undefined;
  if (/\p{Cc}/u.test(comment)) return undefined;
  return {
    line: [type, base64, ...words].join(" "),
    type,
    base64,
    comment,
    md5: createHash("md5").update(data).digest("hex").toUpperCase(),
  };
}

/** The data of a key is a row of strings with their lengths before them, the first of which is its type (RFC 4253, 6.6). */
function isKeyData(data: Buffer, type: string): boolean {
  const strings: string[] = [];
  let at = 0;
  while (at + 4 <= data.length) {
    const end = at + 4 + data.readUInt32BE(at);
    strings.push(data.toString("latin1", at + 4, end));
    at = end;
  }
  return at === data.length && strings.length > 1 && strings[0] === type;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
