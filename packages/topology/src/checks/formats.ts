import type { StringFormat } from "../keys/index.js";
import { cidrFamily, parseIpv4, parseIpv6, parseMac } from "../model/address.js";
import { octalMode, parseEnvironment } from "../model/resolve-node.js";
import { hostName } from "../model/host-name.js";
import type { Range, StringValue } from "../syntax/tree.js";
import type { CheckCode } from "./codes.js";
import type { CheckContext } from "./context.js";
import { checkName } from "./names.js";

/** Checks that a text has the form that its key asks for. What it refers to is checked elsewhere. */
export function checkFormat(value: StringValue, format: StringFormat, key: string, context: CheckContext): void {
  const text = value.value;
  const report = (code: CheckCode, message: string): void => {
    context.report(code, textRange(value), message);
  };
  switch (format) {
    case "lab-name":
    case "lab-id":
    case "node-name":
    case "bridge-name":
      checkName(value, format, context);
      return;
    case "ipv4":
      if (parseIpv4(text) === undefined)
        report("invalid-address", `\`${key}\` must be an IPv4 address, for instance 172.31.0.10.`);
      return;
    case "ipv6":
      if (parseIpv6(text) === undefined)
        report("invalid-address", `\`${key}\` must be an IPv6 address, for instance 2001:db8::10.`);
      return;
    case "ip":
      if (parseIpv4(text) === undefined && parseIpv6(text) === undefined)
        report("invalid-address", `\`${key}\` must be an IP address, for instance 172.31.0.10 or 2001:db8::10.`);
      return;
    case "ipv4-cidr":
      if (cidrFamily(text) !== 4)
        report(
          "invalid-address",
          `\`${key}\` must be an IPv4 address with its prefix length, for instance 10.0.0.1/24.`,
        );
      return;
    case "ipv6-cidr":
      if (cidrFamily(text) !== 6)
        report(
          "invalid-address",
          `\`${key}\` must be an IPv6 address with its prefix length, for instance 2001:db8::1/64.`,
        );
      return;
    case "mac": {
      const mac = parseMac(text);
      if (mac === undefined)
        report("invalid-mac", `\`${key}\` must be six pairs of hexadecimal digits, for instance 52:54:00:12:34:56.`);
      else if (mac.multicast)
        report("multicast-mac", "This is a multicast address: its first pair must be even, for instance 52.");
      return;
    }
    case "environment":
      if (parseEnvironment(text) === undefined)
        report(
          "invalid-environment",
          'A variable is written "NAME=value"; the name has letters, digits and _ and does not start with a digit.',
        );
      return;
    case "octal":
      if (octalMode(value, context.manifest.sources) === undefined)
        report("out-of-range", `\`${key}\` must be three or four octal digits, for instance 644.`);
      return;
    case "path":
      if (text.trim() === "") report("invalid-path", `\`${key}\` needs the path of a file.`);
      else if (text.includes("\0")) report("invalid-path", "A path cannot hold a NUL character.");
      return;
    case "endpoint":
      if (!text.includes("::"))
        report("wrong-type", 'A port is written "node::port": the node\'s name, two colons and the port.');
      return;
    case "domain":
      if (!isDomain(text))
        report(
          "invalid-name",
          `\`${key}\` must be a DNS domain: labels of letters, digits and - with dots between them, 189 characters at most.`,
        );
      return;
    case "host-bridge":
      checkHostInterface(text, textRange(value), context);
      return;
    case "text":
    case "password":
    case "public-key":
    case "uri":
    case "model":
    case "version":
    case "group":
    case "node":
      return;
  }
}

/** Where the text stands; with its quotes where there is none. */
function textRange({ contents, range }: StringValue): Range {
  return contents.start === contents.end ? range : contents;
}

/** A DNS name has 253 characters at most (RFC 1035), and a node's own name with its dot up to 64 of them. */
const DOMAIN_LENGTH = 253 - 64;

function isDomain(text: string): boolean {
  return text.length <= DOMAIN_LENGTH && text.split(".").every((label) => hostName.test(label));
}

/** IFNAMSIZ of Linux, without the closing NUL. */
const INTERFACE_NAME_LENGTH = 15;

/** What Linux takes as the name of an interface (dev_valid_name). */
function checkHostInterface(text: string, range: Range, { report }: CheckContext): void {
  if (text === "" || text === "." || text === ".." || /[/:\s]/.test(text))
    report("invalid-name", range, "An interface of the host has a name without /, : and blanks, for instance br0.");
  else if (text.length > INTERFACE_NAME_LENGTH)
    report(
      "name-too-long-for-host",
      range,
      `Linux gives the name of an interface ${INTERFACE_NAME_LENGTH} characters at most: the host can have no bridge \`${text}\`.`,
    );
}
