import { FormatError, linesOf, only, patterns, type Statement } from "./patterns.js";

/** The commands that templates write, in the words of MikroTik's manual; `key=` stands before its value. */
const known = patterns(`
  /system identity set name= TEXT
  /user set [ find name= admin ] password= TEXT
  /user add name= TEXT group= full password= TEXT
  /user ssh-keys add user= TEXT key= KEY
  /ip dhcp-client remove [ find interface= NAME ]
  /ip address add address= CIDR4 interface= NAME
  /ip route add dst-address= 0.0.0.0/0 gateway= IP4
  /ip dns set servers= TEXT
  /ipv6 address add address= CIDR6 interface= NAME advertise= no
  /interface ethernet set [ find default-name= NAME ] mtu= MTU
  /interface set [ find default-name= NAME ] comment= TEXT
  /ip service enable [ find name= ssh|api|www ]
`);

const TOKEN = /("(?:[^"\\$\p{Cc}]|\\(?:["\\$]|[0-9A-F]{2}))*")|([\w-]+=)|([[\]])|([\w./:,-]+)/uy;

/** A script: commands by their menus, values bare or in quotes, within which `$` and what ends them is escaped. */
export function readRouteros(text: string): readonly Statement[] {
  return only(known, linesOf(text).map(commandOf));
}

function commandOf(line: string): Statement {
  const words: string[] = [];
  for (let at = 0; at < line.length; at = TOKEN.lastIndex) {
    if (line[at] === " ") at += 1;
    TOKEN.lastIndex = at;
    const [whole, quoted] = TOKEN.exec(line) ?? [];
    if (whole === undefined) throw new FormatError(`no words: ${line.slice(at)}`);
    words.push(quoted === undefined ? whole : decoded(quoted));
  }
  return words;
}

function decoded(quoted: string): string {
  return quoted
    .slice(1, -1)
    .replaceAll(/\\([0-9A-F]{2}|.)/gu, (_, escape: string) =>
      escape.length === 2 ? String.fromCharCode(Number.parseInt(escape, 16)) : escape,
    );
}
