import { describe, expect, it } from "vitest";
import { readers } from "./grammars/index.js";
import { everything, oneModelEach, rendered } from "./rendered.js";

/** What a device would refuse, or take for something else, by the template that makes its like. */
const refused: Readonly<Record<string, readonly string[]>> = {
  "ios/config": [
    "hostnme r1\n",
    "hostname two words\n",
    "hostname why?\n",
    "hostname r1",
    "ip address 10.0.0.1 255.255.255.0\n",
    "interface Gi1\nip address 10.0.0.1 255.255.255.0\n",
    "interface Gi1\n ip address 10.0.0.1 255.0.255.0\n",
    "interface Gi1\n ip address 10.0.0.256 255.255.255.0\n",
    "interface Gi1\n ip address 10.0.0.1/24\n",
    "interface Gi1\n ipv6 address 2001:db8::1\n",
    "interface Gi1\n description\n",
    "interface Gi1\n mtu nine\n",
    "ip ssh pubkey-chain\n username a\n  key-hash ssh-ed25519 0123456789ABCDEF0123456789ABCDEF\n",
    "ip ssh pubkey-chain\n username a\n  key-hash ssh-rsa 0123\n",
    "username a privilege 15 secret 0 a b\n",
    "interface Gi1\n description a\u0007b\n",
  ],
  "iosxr/iosxr_config.txt": [
    "interface Gi0\n ip address dhcp\n",
    "ssh server username a\nkeystring ssh-rsa AAAA\n",
    "ssh server username a\n keystring ssh-ed25519 AAAA\n",
    "grpc\n port all\n",
    "router static\n address-family ipv4 unicast\n  0.0.0.0/0 10.0.0.1\n",
  ],
  "nxos/nxos_config.txt": [
    "feature restconf\n",
    "username a sshkey AAAA\n",
    "interface Eth1\n ip address 10.0.0.1 255.255.255.0\n",
  ],
  "asa/day0-config": [
    "interface Gi0/0\n ip address 10.0.0.1/24\n",
    "username a attributes\n ssh authentication publickey ssh-rsa AAAA\n",
    "mtu port0\n",
  ],
  "eos/startup-config": [
    "username a ssh-key AAAA\n",
    "management api http-commands\nno shutdown\n",
    "transport grpc default\n",
  ],
  "aoscx/config": [
    "user bob password plaintext x\n",
    "interface 1/1/1\n    ip address 10.0.0.1\n",
    "https-server rest access-mode read\n",
  ],
  "frr/user-data": [
    "#cloud-config\n{}\n",
    '#cloud-config\nwrite_files:\n- path: /etc/frr/frr.conf\n  content: "interface eth1\\n adress 10.0.0.1/24\\n"\n',
  ],
  "junos/juniper.conf": [
    'system { host-name "r1"; ',
    'system { host-name "r1" }',
    'system { host-name "r1"; } }',
    'system { host-name "r1; }',
    'system { host-name "a\\b"; }',
    'system { host-name "a\nb"; }',
    'system { hostname "r1"; }',
    "system { host-name r1; # why\n}",
    'system { { host-name "r1"; } }',
    'system { root-authentication { ecdsa-sha2-nistp256 "ecdsa-sha2-nistp256 AAAA me"; } }',
    'system { root-authentication { encrypted-password "secret"; } }',
    "interfaces { ge-0/0/0 { unit 0 { family inet { address 10.0.0.1; } } } }",
  ],
  "junos/set": [
    "system services netconf ssh\n",
    "delete system services\n",
    "set system services netconf ssh",
    "set system services netconf ssh;\n",
    'set system host-name "r1" # why\n',
    "set interfaces ge-0/0/0 unit 0 family inet address 10.0.0.1\n",
  ],
  "junos/commands": [
    "set system services netconf ssh\n",
    "cli\nconfigure\nset system services netconf ssh\n",
    "cli\nconfigure\nsystem services netconf ssh\ncommit and-quit\n",
    'cli\nconfigure\nset system host-name "r1\ncommit and-quit\n',
    'cli\nconfigure\nset system host-name "r"1\ncommit and-quit\n',
    "cli\nconfigure\nset system host-name two words\ncommit and-quit\n",
  ],
  "fortios/user_data": [
    "config system global\n set hostname a\n",
    "config system global\n edit a\n end\n",
    "set hostname a\n",
    "config system global\n set hostname a b\nend\n",
    "config system global\n set hostname a#b\nend\n",
    'config system global\n set hostname "a\nend\n',
    "config system interface\n edit port1\n  set ip 10.0.0.1/24\n next\nend\n",
    "config system interface\n set mode dhcp\nend\n",
    "end\n",
  ],
  "sros/commands": [
    "configure system name a#b\n",
    'configure system name "a\n',
    'configure system name "a\\b"\n',
    "configure port 1/1/1 shutdown\n",
    'configure system security user "a" public-keys rsa rsa-key 1 create key-value "ssh-ed25519 AAAA me"\n',
    "configure router interface a address 10.0.0.1\n",
  ],
  "routeros/config.rsc": [
    '/system identity set name="$x"\n',
    '/system identity set name="a\n',
    '/system identity set name="a"b"\n',
    '/system identity set name="a\\qb"\n',
    "/system identity set name=a; /system reset-configuration\n",
    "/system identity set comment=a\n",
    "/ip address add address=10.0.0.1 interface=ether2\n",
    '/ip service enable [find name="ssh"\n',
  ],
  "vyos/user-data": [
    "vyos_config_commands: []\n",
    "#cloud-config\ncommands: []\n",
    '#cloud-config\nvyos_config_commands: ["show version"]\n',
    "#cloud-config\nvyos_config_commands: [\"set system login user 'a' authentication encrypted-password '$6$a$b'\"]\n",
    "#cloud-config\nvyos_config_commands: [\"set interfaces ethernet eth1 description 'it'\\\\''s'\"]\n",
    '#cloud-config\nvyos_config_commands: ["set interfaces ethernet eth1 description two words"]\n',
    '#cloud-config\nvyos_config_commands: ["set service http"]\n',
  ],
  "panos/init-cfg.txt": [
    "hostname = a\n",
    "hostname=two words\n",
    "type=dhcp\n",
    "colour=red\n",
    "netmask=255.0.255.0\n",
    "hostname=\n",
  ],
  "cumulus/cumulus-ztp": [
    "#!/bin/bash\nset -e\n",
    "#!/bin/bash\n# CUMULUS-AUTOPROVISIONING\nnv set interface swp1 description two words\n",
    "#!/bin/bash\n# CUMULUS-AUTOPROVISIONING\nnv set interface swp1 description $HOME\n",
    "#!/bin/bash\n# CUMULUS-AUTOPROVISIONING\nnv set interface swp1 description `id`\n",
    "#!/bin/bash\n# CUMULUS-AUTOPROVISIONING\nnv set interface swp1 description 'it's'\n",
    '#!/bin/bash\n# CUMULUS-AUTOPROVISIONING\nnv set interface swp1 description "$(id)"\n'.replace(
      "description",
      "link mtu",
    ),
    "#!/bin/bash\n# CUMULUS-AUTOPROVISIONING\nnv set interface swp1 description a; reboot\n",
    "#!/bin/bash\n# CUMULUS-AUTOPROVISIONING\nnv set interface swp1 ip address 10.0.0.1\n",
  ],
  "cumulus/cumulus-ztp-nclu": [
    "#!/bin/bash\n# CUMULUS-AUTOPROVISIONING\nprintf '%s\\n' 'iface swp1\n    adress 10.0.0.1/24' > /etc/network/interfaces\n",
  ],
  "sonic/commands": [
    "sudo config load -y /tmp/labscape.json\n",
    "printf '%s\\n' '{ \"PORT\": {,} }' > /tmp/labscape.json\n",
    "printf '%s\\n' '{}' > /tmp/labscape.json\nsudo reboot\n",
  ],
  "windows/user_data.ps1": [
    "$a = 1\n",
    "#ps1_sysnative\n    'it's'\n",
    "#ps1_sysnative\n    'it\u2019s'\n",
    "#ps1_sysnative\nRestart-Computer\n",
    "#ps1_sysnative\n    'open\n",
  ],
  "ignition/config.ign": [
    "{",
    '{"storage":{"files":[{"path":"/a.network","contents":{"source":"data:;charset=utf-8,%5BNetwork%5D%0AAdress%3D1%0A"}}]}}',
    '{"storage":{"files":[{"path":"/a.network","contents":{"source":"data:;charset=utf-8,%E0"}}]}}',
  ],
  "cloud-init/user-data": ["hostname: a\n", "#cloud-config\na: [\n", "#cloud-config\na: 1\na: 2\n"],
  "cloud-init/meta-data": ["a: 'b\n"],
  "cloud-init/network-config": ["a: b: c\n"],
  "config-drive/meta_data.json": ["{,}"],
  "config-drive/network_data.json": ['{"links": [,]}'],
  "ftd/day0-config": ["{'EULA': 'accept'}"],
  empty: ["\n"],
};

describe("the readers of the tests", () => {
  it.each(Object.entries(refused).flatMap(([template, texts]) => texts.map((text) => [template, text] as const)))(
    "do not take, as %s, %j",
    (template, text) => {
      expect(() => readers[template]?.(text)).toThrow();
    },
  );

  it("are shown to refuse, every one of them", () => {
    expect(Object.keys(refused).sort()).toEqual(Object.keys(readers).sort());
  });

  it.each([...oneModelEach].filter(([template]) => !/^(?:empty|cloud-init|config-drive|ftd|ignition)/.test(template)))(
    "refuse a line of another language among those of %s, wherever it stands",
    async (template, model) => {
      const text = (await rendered(model, { ...everything(model), startupScripts: [] })).get(template) ?? "";
      const lines = text.split("\n");
      for (const at of lines.keys()) {
        const broken = [...lines.slice(0, at), "lorem ipsum dolor", ...lines.slice(at)].join("\n");
        expect(() => readers[template]?.(broken), `before line ${at + 1}`).toThrow();
      }
    },
  );
});
