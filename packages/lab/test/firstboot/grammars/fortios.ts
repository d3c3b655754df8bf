import { FormatError, linesOf, only, patterns, quotedWords, type Statement } from "./patterns.js";

/** What templates set, in the words of the FortiOS CLI reference: the tables, the entry, the setting. */
const known = patterns(`
  system global hostname TEXT
  system global admintimeout INT
  system admin TEXT password TEXT
  system admin TEXT accprofile super_admin
  system admin TEXT vdom root
  system admin TEXT ssh-public-key1|ssh-public-key2|ssh-public-key3 KEY
  system interface NAME mode static|dhcp
  system interface NAME ip IP4 MASK
  system interface NAME allowaccess LINE
  system interface NAME mtu-override enable
  system interface NAME mtu MTU
  system interface NAME description TEXT
  system interface NAME ipv6 ip6-address CIDR6
  system interface NAME ipv6 ip6-allowaccess LINE
  router static INT gateway IP4
  router static INT device NAME
`);

interface Level {
  readonly kind: "config" | "edit";
  readonly words: Statement;
}

/** `config` opens a table until its `end`, `edit` an entry of it until its `next`; `set` stands in either. */
export function readFortios(text: string): readonly Statement[] {
  const statements: Statement[] = [];
  const levels: Level[] = [];
  for (const line of linesOf(text)) {
    const [verb, ...words] = quotedWords(line, /^[^\s"'\\#]+$/u);
    const inner = levels.at(-1)?.kind;
    if (verb === "config" && words.length > 0) levels.push({ kind: "config", words });
    else if (verb === "edit" && inner === "config" && words.length === 1) levels.push({ kind: "edit", words });
    else if (verb === "set" && inner !== undefined && words.length > 1)
      statements.push([...levels.flatMap((level) => level.words), ...words]);
    else if ((verb === "next" && inner === "edit") || (verb === "end" && inner === "config")) levels.pop();
    else throw new FormatError(`out of place: ${line}`);
  }
  if (levels.length > 0) throw new FormatError("the last end is missing");
  return only(known, statements);
}
