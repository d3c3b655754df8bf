import { createHash, randomInt } from "node:crypto";
import type { LabSecret } from "../contracts.js";
import { SALT_CHARACTERS, sha512Crypt } from "./sha512-crypt.js";

/** Without characters that people confuse, so that a password can be read from one screen and typed at another. */
const LOWER = "abcdefghijkmnpqrstuvwxyz";
const UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ";
const DIGITS = "23456789";
const PASSWORD_LENGTH = 16;

/**
 * Makes a password for the accounts of a lab (over 80 bits), and its hash. It holds small and capital letters and digits,
 * since vendors refuse passwords of one kind of character, and nothing that a configuration language would quote.
 */
export function createSecret(): LabSecret {
  const characters = [LOWER, UPPER, DIGITS].map(pick);
  while (characters.length < PASSWORD_LENGTH) characters.push(pick(LOWER + UPPER + DIGITS));
  for (let last = characters.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [characters[last], characters[other]] = [characters[other] ?? "", characters[last] ?? ""];
  }
  const password = characters.join("");
  const salt = Array.from({ length: 16 }, () => pick(SALT_CHARACTERS)).join("");
  return { password, passwordHash: sha512Crypt(password, salt) };
}

/**
 * The secret of an image whose password day-0 configuration cannot choose. The salt derives from the password, so that the
 * hash, and with it the first-boot data, stay the same; such a password is no secret anyway.
 */
export function fixedSecret(password: string): LabSecret {
  const salt = createHash("sha256").update(password, "utf8").digest("hex").slice(0, 16);
  return { password, passwordHash: sha512Crypt(password, salt) };
}

function pick(alphabet: string): string {
  return alphabet.charAt(randomInt(alphabet.length));
}
