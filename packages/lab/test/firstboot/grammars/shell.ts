import { FormatError, only, type Statement } from "./patterns.js";

/** In the order of trial: what ends a command, what stands between words, words in their parts. */
const TOKENS = [
  ["end", /[\n;]/y],
  ["comment", /(?<=\s)#[^\n]*/y],
  ["blank", / +/y],
  ["literal", /'([^']*)'/y],
  ["quote", /\\'/y],
  ["expanded", /"[^"'`\n]*"/y],
  ["open", /\$\(/y],
  ["close", /\)/y],
  ["operator", /\||>>?/y],
  ["bare", /[\w@%+=:,./!-]+/y],
] as const;

/** What the scripts run, written as they write it. */
const common = `
  set -e
  printf '%s:%s\\n' TEXT CRYPT | chpasswd --encrypted
  chage --lastday "$(date +%F)" --maxdays -1 TEXT
  home=$(getent passwd TEXT | cut -d: -f6)
  mkdir -p "$home/.ssh"
  printf '%s\\n' KEY >> "$home/.ssh/authorized_keys"
  chown -R TEXT "$home/.ssh"
  chmod 0700 "$home/.ssh"
  chmod 0600 "$home/.ssh/authorized_keys"
  exit 0
`;

const cumulus = shellStatements(`${common}
  printf '%s ALL=(ALL) NOPASSWD:ALL\\n' TEXT > /etc/sudoers.d/10_labscape
  chmod 0440 /etc/sudoers.d/10_labscape
  hostnamectl set-hostname WORD
  printf '%s\\n' TEXT > /etc/network/interfaces
  ifreload -a
  nv set system hostname WORD
  if ! nv set system api state enabled
  then
  ln -sf /etc/nginx/sites-available/nvue.conf /etc/nginx/sites-enabled/nvue.conf
  sed -i TEXT /etc/nginx/sites-available/nvue.conf
  systemctl restart nginx
  fi
  nv set interface NAME ip address CIDR4
  nv set interface NAME ip address CIDR6
  nv set interface NAME ip gateway IP4
  nv set interface NAME link state up
  nv set interface NAME link mtu MTU
  nv set interface NAME description TEXT
  nv config apply -y
  nv config save
`);

const sonic = shellStatements(`${common}
  printf '%s\\n' TEXT > /tmp/labscape.json
  sudo useradd --create-home --shell /bin/bash --groups sudo,docker TEXT
  printf '%s:%s\\n' TEXT CRYPT | sudo chpasswd --encrypted
  sudo install -d -m 0700 -o TEXT "$home/.ssh"
  printf '%s\\n' KEY | sudo tee -a "$home/.ssh/authorized_keys"
  sudo chown TEXT "$home/.ssh/authorized_keys"
  sudo chmod 0600 "$home/.ssh/authorized_keys"
  sudo config load -y /tmp/labscape.json
  sudo config feature state mgmt-framework enabled
  sudo config feature state gnmi enabled
  sudo config save -y
  sudo config reload -y
`);

/** A script for zero-touch provisioning of Cumulus Linux, which looks for the mark in the second line. */
export function readCumulusScript(text: string): readonly Statement[] {
  const marked = text.startsWith("#!/bin/bash\n# CUMULUS-AUTOPROVISIONING\n");
  if (!marked) throw new FormatError("the mark of a provisioning script is missing");
  return only(cumulus, shellStatements(text));
}

export function readSonicCommands(text: string): readonly Statement[] {
  return only(sonic, shellStatements(text));
}

/**
 * The words of each command of a script, with the quotes off that make text literal. What the shell expands stands in
 * double quotes, which are kept, or in `$( )`, whose words are those of the command. Anything else is refused.
 */
function shellStatements(text: string): readonly Statement[] {
  const statements: Statement[] = [];
  let words: string[] = [];
  let word: string | undefined;
  const endWord = (): void => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  for (const [kind, token] of shellTokens(`\n${text}\n`)) {
    if (kind === "literal" || kind === "quote" || kind === "expanded" || kind === "bare") word = (word ?? "") + token;
    else if (kind === "open") {
      words.push((word ?? "") + token);
      word = undefined;
    } else {
      endWord();
      if (kind === "operator" || kind === "close") words.push(token);
      if (kind === "end" && words.length > 0) {
        statements.push(words);
        words = [];
      }
    }
  }
  return statements;
}

function* shellTokens(text: string): Generator<readonly [(typeof TOKENS)[number][0], string]> {
  for (let at = 0; at < text.length;) {
    const [found] = TOKENS.flatMap(([kind, pattern]) => {
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      return match === null ? [] : [{ kind, match, end: pattern.lastIndex }];
    });
    if (found === undefined) throw new FormatError(`the shell would read more than words: ${text.slice(at, at + 40)}`);
    yield [found.kind, found.kind === "quote" ? "'" : (found.match[1] ?? found.match[0])];
    at = found.end;
  }
}
