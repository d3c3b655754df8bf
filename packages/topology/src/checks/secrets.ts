import type { ValueType } from "../keys/index.js";
import { partRange } from "../model/access.js";
import { parseEnvironment } from "../model/resolve-node.js";
import type { Visitor } from "../model/walk.js";
import { sameRange, type StringValue } from "../syntax/index.js";
import { replaceFix, type CheckContext } from "./context.js";

/** Names of variables that hold what nobody else should read: DB_PASSWORD, GITHUB_TOKEN, AWS_SECRET_ACCESS_KEY. */
const secretName =
  /(?:password|passwd|passphrase)$|(?:^|_)(?:pass|secret|token|api_?key|access_?key|private_?key|secret_?key)$/i;

/** The block that every kind of private key in a text file starts with (RFC 7468, and OpenSSH's own format). */
const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/** User and password before the host of a URI (RFC 3986 section 3.2.1). */
const uriPassword = /^[a-z0-9+.-]+:\/\/[^/@:]*:([^/@]+)@/i;

/**
 * Passwords and private keys that stand in the manifest, where everybody reads them who reads the file. Keys that do not act
 * are looked into as well: what they hold can be read all the same. No message repeats the secret.
 */
export function secretChecks(context: CheckContext): Visitor {
  return {
    value: (value, type) => {
      if (value.kind === "string" && value.value !== "") checkText(value, type, context);
    },
  };
}

function checkText(value: StringValue, type: ValueType, context: CheckContext): void {
  if (type.kind !== "string") return;
  const { report } = context;
  switch (type.format) {
    case "environment":
      checkVariable(value, context);
      return;
    case "password":
      report("plaintext-password", value.contents, "Everybody who can read the manifest can read this password.");
      return;
    case "public-key":
      if (privateKey.test(value.value))
        report(
          "plaintext-password",
          // A key has many lines and findings have one: the opening quotes stand for it.
          value.style.startsWith("multiline")
            ? { start: value.range.start, end: value.contents.start }
            : value.contents,
          "This is a private key. Put the public one here, and make a new pair: this one has been written down.",
        );
      return;
    case "uri": {
      const password = uriPassword.exec(value.value)?.[1];
      if (password === undefined) return;
      const start = value.value.indexOf(`:${password}@`) + 1;
      report(
        "plaintext-password",
        partRange(value, start, start + password.length),
        "This is a password in the open, and libvirt takes none from a URI. Use keys for ssh, or a file of credentials (auth.conf).",
      );
      return;
    }
    default:
      return;
  }
}

function checkVariable(value: StringValue, context: CheckContext): void {
  const variable = parseEnvironment(value.value);
  if (variable?.value === undefined || variable.value === "" || !secretName.test(variable.name)) return;
  const { name } = variable;
  const range = partRange(value, name.length + 1, value.value.length);
  const newText = sameRange(range, value.contents) ? `${name}=$${name}` : `$${name}`;
  context.report(
    "plaintext-password",
    range,
    `The value of ${name} is a secret by its name, and stands in the open. \`${name}=$${name}\` takes it from your own environment.`,
    { fixes: [replaceFix(`Take ${name} from the environment`, range, newText)] },
  );
}
