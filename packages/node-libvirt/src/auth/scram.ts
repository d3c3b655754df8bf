import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { ConnectionError } from "../errors.js";

const derive = promisify(pbkdf2);

/** Fewer rounds than RFC 7677 asks for would let a false server find the password; more than this only burns time. */
const MIN_ITERATIONS = 4096;
const MAX_ITERATIONS = 10_000_000;

/** SCRAM (RFC 5802, RFC 7677) without channel binding: proves that both sides know the password, and sends it to neither. */
export class ScramClient {
  readonly #hash: string;
  readonly #password: string;
  readonly #firstBare: string;
  readonly #nonce: string;
  #serverSignature: Buffer | undefined;

  /** @param hash Node's name of the hash, "sha256" for instance. */
  constructor(hash: string, username: string, password: string, nonce = randomBytes(18).toString("base64")) {
    this.#hash = hash;
    this.#password = prepared(password);
    this.#nonce = nonce;
    this.#firstBare = `n=${prepared(username).replaceAll("=", "=3D").replaceAll(",", "=2C")},r=${nonce}`;
  }

  /** The message that opens the exchange. */
  first(): string {
    return `n,,${this.#firstBare}`;
  }

  /** The proof, given what the server answered to `first()`. */
  async proof(serverFirst: string): Promise<string> {
    const fields = parse(serverFirst);
    const nonce = fields.get("r") ?? "";
    const salt = Buffer.from(fields.get("s") ?? "", "base64");
    const iterations = Number(fields.get("i"));
    if (!nonce.startsWith(this.#nonce) || nonce.length === this.#nonce.length || salt.length === 0)
      throw refused("its first message is not an answer to ours");
    if (!Number.isInteger(iterations) || iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS)
      throw refused(`it asks for ${fields.get("i") ?? "no"} rounds of hashing`);

    const size = createHash(this.#hash).digest().length;
    const salted = await derive(this.#password, salt, iterations, size, this.#hash);
    const clientKey = this.#hmac(salted, "Client Key");
    const withoutProof = `c=${Buffer.from("n,,").toString("base64")},r=${nonce}`;
    const message = `${this.#firstBare},${serverFirst},${withoutProof}`;
    const signature = this.#hmac(createHash(this.#hash).update(clientKey).digest(), message);
    const proof = Buffer.from(clientKey.map((byte, at) => byte ^ (signature[at] ?? 0)));
    this.#serverSignature = this.#hmac(this.#hmac(salted, "Server Key"), message);
    return `${withoutProof},p=${proof.toString("base64")}`;
  }

  /** Throws unless the server's last message proves that it knows the password too. */
  verify(serverFinal: string): void {
    const fields = parse(serverFinal);
    const problem = fields.get("e");
    if (problem !== undefined) throw refused(problem);
    const signature = Buffer.from(fields.get("v") ?? "", "base64");
    const expected = this.#serverSignature;
    if (expected?.length !== signature.length || !timingSafeEqual(signature, expected))
      throw refused("it does not know this user's password, so it is not the server that it claims to be");
  }

  #hmac(key: Buffer, message: string): Buffer {
    return createHmac(this.#hash, key).update(message).digest();
  }
}

function parse(message: string): Map<string, string> {
  return new Map(message.split(",").map((field) => [field.slice(0, 1), field.slice(2)]));
}

/** SASLprep's normal form (RFC 4013); what it forbids is refused, its mapping of exotic spaces is NFKC's. */
function prepared(text: string): string {
  const normal = text.normalize("NFKC");
  if (/\p{Cc}/u.test(normal))
    throw new ConnectionError("authentication", "a user name or password holds control characters");
  return normal;
}

function refused(why: string): ConnectionError {
  return new ConnectionError("authentication", `the server's part of the SCRAM exchange is wrong: ${why}`);
}
