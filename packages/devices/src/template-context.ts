/**
 * What a first-boot template sees. Names are in snake_case, because templates and users' own `ztp_config` files use them.
 *
 * Templates are written in the nunjucks dialect. Every variable below is always defined: what a node does not have is `null`
 * or an empty list, so that printing an undefined variable is an error of the template and can be reported as one.
 * Nothing is escaped by itself; a value that did not come from the template goes through the filter of its format:
 *
 * | filter | gives |
 * |---|---|
 * | `json` | a JSON value, quotes included; any value |
 * | `yaml` | a YAML scalar on one line, quotes included (a JSON string is one) |
 * | `shell` | one word of a POSIX shell, quoted |
 * | `xml` | text or attribute value with the five entities |
 * | `junos` | a quoted string of Junos |
 * | `ios` | one line of IOS, IOS-XE, IOS-XR, NX-OS or ASA text; what cannot be written there (line breaks, `?`) is an error |
 * | `eos` | the same for EOS |
 * | `word` | one word of such text, and of the commands of VyOS: no blanks, no quotes |
 * | `vyos` | the value at the end of a command of VyOS, in single quotes; one that holds such a quote is an error |
 * | `routeros` | a quoted string of RouterOS, `$` and `"` escaped |
 */
export interface TemplateContext {
  /** Name of the lab. */
  readonly lab: string;
  readonly hostname: string;
  /** Position of the node in the manifest, from 1. */
  readonly number: number;
  /** DNS domain of the lab. */
  readonly domain: string;
  /** Changes when any of the first-boot files changes, so that first boot runs again. */
  readonly instance_id: string;
  /** `first_boot.options` of the model. */
  readonly options: Readonly<Record<string, string>>;
  /** Account to create, or the one that the image brings. */
  readonly user: string;
  readonly password: TemplatePassword;
  /** OpenSSH public keys, one a string. */
  readonly ssh_keys: readonly TemplateKey[];
  /** `null` where the model has no management port or the lab has no management network. */
  readonly management: TemplateManagement | null;
  /** Data ports in order, linked or not. */
  readonly ports: readonly TemplatePort[];
  /** `text_files` of the manifest. */
  readonly files: readonly TemplateFile[];
  /** `startup_scripts`: run as root at the end of first boot, in order. */
  readonly startup_scripts: readonly TemplateScript[];
  /** `user_scripts`: run as `user` after the start-up scripts, in order. */
  readonly user_scripts: readonly TemplateScript[];
  readonly environment: readonly TemplateVariable[];
}

export interface TemplatePassword {
  readonly plain: string;
  /** SHA-512-crypt (`$6$...`). */
  readonly hash: string;
}

export interface TemplateKey {
  /** The whole line: type, base64, comment. */
  readonly line: string;
  /** For instance "ssh-ed25519". */
  readonly type: string;
  readonly base64: string;
  readonly comment: string;
  /** MD5 of the decoded key in capital hex without colons: what IOS calls a key-hash. */
  readonly md5: string;
}

export interface TemplateAddress {
  /** Without prefix length. */
  readonly address: string;
  readonly prefix: number;
  /** With prefix length. */
  readonly cidr: string;
  /** Dotted for IPv4; empty for IPv6. */
  readonly netmask: string;
}

export interface TemplateManagement {
  /** Canonical name of the port. */
  readonly name: string;
  /** What the device itself calls it. */
  readonly device_name: string;
  /** Six pairs of small hex digits with colons. */
  readonly mac: string;
  /** `dhcp`: the management network hands the address out; `static`: the device must set it. */
  readonly mode: "dhcp" | "static";
  /** Known with `dhcp` too, where the network reserves it; `null` in user networking. */
  readonly ipv4: TemplateAddress | null;
  readonly ipv6: TemplateAddress | null;
  readonly gateway: string | null;
  readonly dns: readonly string[];
}

export interface TemplatePort {
  /** Counted from 0. */
  readonly index: number;
  readonly name: string;
  readonly device_name: string;
  readonly mac: string;
  readonly ipv4: TemplateAddress | null;
  readonly ipv6: TemplateAddress | null;
  /** Bytes; `null`: the device's own default. */
  readonly mtu: number | null;
  readonly description: string | null;
  /** The port at the other end of its link; `null` without one, and on a bridge. */
  readonly peer: TemplatePeer | null;
}

export interface TemplatePeer {
  readonly hostname: string;
  readonly port: string;
  readonly ipv4: TemplateAddress | null;
  readonly ipv6: TemplateAddress | null;
}

export interface TemplateFile {
  /** Absolute path on the device. */
  readonly path: string;
  readonly owner: string;
  readonly group: string;
  /** Octal digits, for instance "0644". */
  readonly permissions: string;
  /** The same as a number, for formats that write it in decimal. */
  readonly mode: number;
  /** Text; may hold anything but NUL. */
  readonly content: string;
}

export interface TemplateScript {
  /** File name without folders. */
  readonly name: string;
  readonly content: string;
}

export interface TemplateVariable {
  readonly name: string;
  readonly value: string;
}

/** Names of the filters, in the order of the table above. */
export type TemplateFilter = "json" | "yaml" | "shell" | "xml" | "junos" | "ios" | "eos" | "word" | "vyos" | "routeros";
