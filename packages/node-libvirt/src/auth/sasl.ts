import { ConnectionError } from "../errors.js";
import type { Session } from "../objects/session.js";
import { ScramClient } from "./scram.js";

/** Who logs in. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** One exchange: `undefined` from `next` means that this side has nothing more to say. */
interface Mechanism {
  first(): string;
  /** Answers a message of the server. */
  next(message: string): Promise<string | undefined> | string | undefined;
  /** Whether the server has proved itself, where the mechanism asks that of it. */
  readonly satisfied: boolean;
}

const SCRAM: Readonly<Record<string, string>> = {
  "SCRAM-SHA-512": "sha512",
  "SCRAM-SHA-256": "sha256",
  "SCRAM-SHA-1": "sha1",
};

/**
 * Logs in by SASL with the best mechanism that both sides have: SCRAM, or PLAIN where `tls` hides the password.
 * Errors: ConnectionError "authentication", and those of calls.
 */
export async function saslLogIn(
  session: Session,
  credentials: Credentials,
  { tls, signal }: { readonly tls: boolean; readonly signal: AbortSignal },
): Promise<void> {
  const options = { signal, timeout: 0 };
  const { mechlist } = await session.call("AUTH_SASL_INIT", {}, options);
  const name = choose(mechlist, tls);
  const mechanism = name === "PLAIN" ? plain(credentials) : scram(SCRAM[name] ?? "", credentials);
  let answer = await session.call(
    "AUTH_SASL_START",
    { mech: name, nil: 0, data: Buffer.from(mechanism.first()) },
    options,
  );
  for (;;) {
    const message = answer.nil !== 0 ? undefined : answer.data.toString("utf8");
    const reply = message === undefined || message === "" ? undefined : await mechanism.next(message);
    if (answer.complete !== 0) break;
    // The difference between nothing and an empty answer matters to SASL.
    answer = await session.call(
      "AUTH_SASL_STEP",
      { nil: reply === undefined ? 1 : 0, data: Buffer.from(reply ?? "") },
      options,
    );
  }
  if (!mechanism.satisfied)
    throw new ConnectionError("authentication", "the server accepted the login without proving that it knows the user");
}

function choose(mechlist: string, tls: boolean): string {
  const offered = mechlist.split(/[\s,]+/).map((name) => name.toUpperCase());
  const found = [...Object.keys(SCRAM), ...(tls ? ["PLAIN"] : [])].find((name) => offered.includes(name));
  if (found !== undefined) return found;
  const hint = offered.includes("PLAIN")
    ? "PLAIN would show the password to anybody on the way: use qemu+tls://"
    : `this client has ${Object.keys(SCRAM).join(", ")}, and PLAIN over TLS`;
  throw new ConnectionError("authentication", `the daemon offers SASL ${offered.join(", ")}; ${hint}`);
}

function plain({ username, password }: Credentials): Mechanism {
  return {
    first: () => `\0${username}\0${password}`,
    next: () => undefined,
    satisfied: true,
  };
}

function scram(hash: string, { username, password }: Credentials): Mechanism {
  const client = new ScramClient(hash, username, password);
  let step = 0;
  return {
    first: () => client.first(),
    async next(message) {
      step += 1;
      if (step === 1) return client.proof(message);
      client.verify(message);
      return undefined;
    },
    get satisfied() {
      return step === 2;
    },
  };
}
