import { ConnectionError, LibvirtError } from "../errors.js";
import type { Session } from "../objects/session.js";
import { settledOrAborted } from "../rpc/failures.js";
import type { LibvirtUri } from "../transport/uri.js";
import { saslLogIn, type Credentials } from "./sasl.js";

/** Who logs in, or a function that finds out: it is called only when the daemon asks. */
export type CredentialSource = Credentials | ((request: CredentialRequest) => Credentials | Promise<Credentials>);
export interface CredentialRequest {
  readonly uri: string;
  /** The user that the URI names. */
  readonly username?: string;
}

/** remote_auth_type of libvirt's protocol. */
const AUTH_NONE = 0;
const AUTH_SASL = 1;
const AUTH_POLKIT = 2;

/** Does what the daemon asks for before it takes calls. Errors: ConnectionError "authentication", and those of calls. */
export async function authenticate(
  session: Session,
  uri: LibvirtUri,
  source: CredentialSource | undefined,
  signal: AbortSignal,
): Promise<void> {
  const options = { signal, timeout: 0 };
  const { types } = await session.call("AUTH_LIST", {}, options);
  if (types.length === 0 || types.includes(AUTH_NONE)) return;
  try {
    // polkit's decision is the daemon's to ask for; an agent may ask the user, which takes its time.
    if (types.includes(AUTH_POLKIT)) await session.call("AUTH_POLKIT", {}, options);
    else if (types.includes(AUTH_SASL)) {
      const credentials = await find(source, uri, signal);
      await saslLogIn(session, credentials, { tls: uri.transport === "tls", signal });
    } else throw refused(`it wants an authentication of type ${types.join(", ")}, which this client does not know`);
  } catch (error) {
    if (error instanceof LibvirtError) throw refused(error.message, error);
    throw error;
  }
}

async function find(source: CredentialSource | undefined, uri: LibvirtUri, signal: AbortSignal): Promise<Credentials> {
  if (source === undefined) throw refused("it wants a user name and a password; give them as the option `credentials`");
  if (typeof source !== "function") return source;
  const request = { uri: uri.text, ...(uri.user === undefined ? {} : { username: uri.user }) };
  return settledOrAborted(Promise.resolve(source(request)), signal, "asking for credentials");
}

function refused(why: string, cause?: Error): ConnectionError {
  return new ConnectionError(
    "authentication",
    `the libvirt daemon does not let this client in: ${why}`,
    cause === undefined ? undefined : { cause },
  );
}
