import { LabError } from "../errors.js";

/** Options in whose values OpenSSH replaces tokens that begin with "%" (ssh_config(5), TOKENS). */
const WITH_TOKENS: readonly string[] = ["HostName", "UserKnownHostsFile"];

/** A value as ssh_config(5) wants it: in quotes where it has spaces. */
export function quoteValue(key: string, value: string): string {
  if (/["\p{Cc}]/u.test(value)) {
    throw new LabError("invalid-ssh-option", `ssh cannot be told ${key} "${value}"`, "Use a path without quotes.");
  }
  const text = WITH_TOKENS.includes(key) ? value.replaceAll("%", "%%") : value;
  return /[\s#=]/.test(text) ? `"${text}"` : text;
}
