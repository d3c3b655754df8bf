import { parse } from "yaml";
import { FormatError, only, patterns, type Statement } from "./patterns.js";

/** The commands that templates write, in the words of VyOS' documentation. */
const known = patterns(`
  system host-name WORD
  system domain-name WORD
  system login user WORD authentication encrypted-password CRYPT
  system login user WORD authentication public-keys NAME type WORD
  system login user WORD authentication public-keys NAME key BASE64
  service ssh
  service https api keys id NAME key TEXT
  service https api rest
  service lldp interface all
  interfaces ethernet NAME hw-id MAC
  interfaces ethernet NAME address dhcp
  interfaces ethernet NAME address CIDR4
  interfaces ethernet NAME address CIDR6
  interfaces ethernet NAME description TEXT
  interfaces ethernet NAME mtu MTU
  protocols static route 0.0.0.0/0 next-hop IP4
`);

/**
 * The commands in cloud-init data of VyOS. Its module takes everything before the first quote for the path, splits it at
 * blanks, and takes everything up to the quote at the end for the value, which it does not decode.
 */
export function readVyos(text: string): readonly Statement[] {
  const data: unknown = parse(text, { version: "1.1" });
  const commands =
    typeof data === "object" && data !== null && "vyos_config_commands" in data ? data.vyos_config_commands : undefined;
  if (!text.startsWith("#cloud-config\n") || !Array.isArray(commands)) throw new FormatError("no commands");
  return only(known, commands.map(commandOf));
}

function commandOf(command: unknown): Statement {
  const [, path, value] = /^set ([^']+?)(?: '([^']*)')?$/u.exec(typeof command === "string" ? command : "") ?? [];
  if (path === undefined) throw new FormatError(`no command: ${JSON.stringify(command)}`);
  return [...path.split(/ +/), ...(value === undefined ? [] : [value])];
}
