import { FormatError, linesOf, only, patterns, quotedWords, type Statement } from "./patterns.js";

/** The statements that templates write, in the words of Juniper's configuration statements. */
const known = patterns(`
  system host-name TEXT
  system domain-name TEXT
  system root-authentication encrypted-password CRYPT
  system root-authentication ssh-rsa|ssh-dsa|ssh-ed25519|ssh-ecdsa KEY
  system login user TEXT class super-user
  system login user TEXT authentication encrypted-password CRYPT
  system login user TEXT authentication ssh-rsa|ssh-dsa|ssh-ed25519|ssh-ecdsa KEY
  system services ssh root-login allow
  system services netconf ssh
  system management-instance
  chassis fpc 0 pic 0 number-of-ports INT
  interfaces NAME description TEXT
  interfaces NAME mtu MTU
  interfaces NAME unit 0 family inet dhcp
  interfaces NAME unit 0 family inet address CIDR4
  interfaces NAME unit 0 family inet6 address CIDR6
  routing-options static route 0.0.0.0/0 next-hop IP4
  routing-instances mgmt_junos routing-options static route 0.0.0.0/0 next-hop IP4
  protocols lldp interface all
`);

const BARE = /^[\w./:-]+$/;
const TOKEN = /\s*(?:("(?:[^"\\\n]|\\["\\])*")|([\w./:-]+)|([{};]))/uy;

/** The format with braces, that of juniper.conf: each leaf with the statements around it. */
export function readJunos(text: string): readonly Statement[] {
  const statements: Statement[] = [];
  const around: Statement[] = [];
  let words: string[] = [];
  for (const [token, kind] of tokens(text)) {
    if (kind === "word") {
      words.push(token);
      continue;
    }
    if (token === "}" ? words.length > 0 : words.length === 0) throw new FormatError(`"${token}" out of place`);
    if (token === "{") around.push(words);
    else if (token === ";") statements.push([...around.flat(), ...words]);
    else if (around.pop() === undefined) throw new FormatError('a "}" without its "{"');
    words = [];
  }
  if (around.length > 0 || words.length > 0) throw new FormatError("the end is missing");
  return only(known, statements);
}

function* tokens(text: string): Generator<readonly [string, "word" | "sign"]> {
  const end = text.trimEnd().length;
  for (let at = 0; at < end; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const [, quoted, bare, sign] = TOKEN.exec(text) ?? [];
    if (quoted !== undefined) yield [quoted.slice(1, -1).replaceAll(/\\(.)/gu, "$1"), "word"];
    else if (bare !== undefined) yield [bare, "word"];
    else if (sign !== undefined) yield [sign, "sign"];
    else throw new FormatError(`no token: ${text.slice(at, at + 40)}`);
  }
}

/** The format of `load set`: one statement a line. */
export function readJunosSet(text: string): readonly Statement[] {
  return only(
    known,
    linesOf(text).map((line) => {
      const [command, ...words] = quotedWords(line, BARE);
      if (command !== "set") throw new FormatError(`a line that sets nothing: ${line}`);
      return words;
    }),
  );
}

/** The same, typed after a login of root. */
export function readJunosCommands(text: string): readonly Statement[] {
  const inner = /^cli\nconfigure\n(.*\n)commit and-quit\n$/su.exec(text)?.[1];
  if (inner === undefined) throw new FormatError("nobody would be in configuration mode, or nothing be committed");
  return readJunosSet(inner);
}
