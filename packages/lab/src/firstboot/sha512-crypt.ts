import { createHash } from "node:crypto";

/** How crypt writes six bits, lowest first. */
const ALPHABET = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const ROUNDS = 5000;
const SIZE = 64;
/** Salts are 1 to 16 of these characters. */
export const SALT_CHARACTERS = ALPHABET;

/**
 * Hashes a password as /etc/shadow holds it: `$6$SALT$HASH`, 5000 rounds. What devices of all vendors on Linux accept.
 *
 * Algorithm: U. Drepper, "Unix crypt using SHA-256 and SHA-512", version 0.6, whose steps the comments name.
 *
 * @throws RangeError for a salt that is not 1 to 16 characters of `SALT_CHARACTERS`: a fault of the caller.
 */
export function sha512Crypt(password: string, salt: string): string {
  if (!/^[./0-9A-Za-z]{1,16}$/.test(salt)) throw new RangeError("a salt has 1 to 16 of ./0-9A-Za-z");
  const key = Buffer.from(password, "utf8");
  const saltBytes = Buffer.from(salt, "ascii");

  // Steps 4 to 8.
  const alternate = sha512(key, saltBytes, key);
  // Steps 1 to 3 and 9 to 12: the bits of the password's length choose what is added.
  const parts = [key, saltBytes, repeatTo(alternate, key.length)];
  for (let bits = key.length; bits > 0; bits >>= 1) parts.push((bits & 1) === 1 ? alternate : key);
  let digest = sha512(...parts);

  // Steps 13 to 16, and 17 to 20.
  const keySequence = repeatTo(sha512(...Array.from({ length: key.length }, () => key)), key.length);
  const saltRepeats = 16 + digest.readUInt8(0);
  const saltSequence = repeatTo(sha512(...Array.from({ length: saltRepeats }, () => saltBytes)), saltBytes.length);

  // Step 21.
  for (let round = 0; round < ROUNDS; round++) {
    const odd = round % 2 === 1;
    digest = sha512(
      odd ? keySequence : digest,
      ...(round % 3 === 0 ? [] : [saltSequence]),
      ...(round % 7 === 0 ? [] : [keySequence]),
      odd ? digest : keySequence,
    );
  }
  return `$6$${salt}$${encode(digest)}`;
}

/** Step 22: three bytes, taken from the three thirds of the digest in turn, make four characters. */
function encode(digest: Buffer): string {
  let text = "";
  for (let group = 0; group < 21; group++) {
    const thirds = [group, group + 21, group + 42];
    const [high = 0, middle = 0, low = 0] = [0, 1, 2].map((i) => digest.readUInt8(thirds[(group + i) % 3]));
    text += sixBits((high << 16) | (middle << 8) | low, 4);
  }
  return text + sixBits(digest.readUInt8(SIZE - 1), 2);
}

function sixBits(value: number, count: number): string {
  return Array.from({ length: count }, (_, index) => ALPHABET.charAt((value >> (6 * index)) & 63)).join("");
}

function sha512(...parts: readonly Buffer[]): Buffer {
  const hash = createHash("sha512");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function repeatTo(bytes: Buffer, length: number): Buffer {
  return Buffer.alloc(length, bytes);
}
