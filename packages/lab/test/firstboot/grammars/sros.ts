import { linesOf, only, patterns, quotedWords, type Statement } from "./patterns.js";

/** The commands that templates write, in the words of Nokia's classic CLI. */
const known = patterns(`
  environment no more
  bof address CIDR4 active
  bof address CIDR6 active
  bof save
  configure system name TEXT
  configure system security user TEXT password TEXT
  configure system security user TEXT access console netconf grpc
  configure system security user TEXT console member administrative
  configure system security user TEXT public-keys rsa rsa-key INT create key-value RSAKEY
  configure system security user TEXT public-keys ecdsa ecdsa-key INT create key-value KEY
  configure system netconf no shutdown
  configure system netconf listen no shutdown
  configure system grpc allow-unsecure-connection
  configure system grpc no shutdown
  configure card INT card-type WORD
  configure card INT no shutdown
  configure card INT mda INT mda-type WORD
  configure card INT mda INT no shutdown
  configure port NAME connector breakout NAME
  configure port NAME no shutdown
  configure port NAME description TEXT
  configure port NAME ethernet mtu MTU
  configure router interface TEXT port NAME
  configure router interface TEXT address CIDR4
  configure router interface TEXT ipv6 address CIDR6
  admin save
`);

/** Flat commands of the classic CLI; text with a blank, `#` or `?` in it stands between quotes. */
export function readSros(text: string): readonly Statement[] {
  return only(
    known,
    linesOf(text).map((line) => quotedWords(line, /^[^\s"'\\#?]+$/u)),
  );
}
