/** A small lab with tables under headers, values on one line. */
export const headers = `# A lab of five nodes
name = "quarry"
description = "Two leaves, one spine"

[defaults]
memory = 1024
interfaces.swp1.mtu = 9216

[[nodes]]
name = "leaf1"
model = "nvidia_cumulus"
groups = ["leaf", "core"]

[nodes.interfaces.swp1]
ipv4 = "10.0.0.1/31"
mtu = 9000

[[nodes]]
name = "leaf2"
model = "nvidia_cumulus"
text_files = [{ src = "a", dst = "/etc/a" }, { src = "b", dst = "/etc/b" }]

[[nodes]]
name = "spine1" # the middle
model = "frr_linux"
management = { ipv4 = "172.31.0.9", dns = { name = "spine" } }

[[nodes]]
name = "host1"
model = "tiny_linux"
cpu_count = 2

[[links]]
src = "leaf1::swp1"
dst = "spine1::eth1"

[[links]]
src = "leaf2::swp1"
dst = "spine1::eth2"
mtu = 1500

[[links]]
src = "host1::eth1"
dst = "leaf2::swp2"
`;

/** Tables under headers, values over several lines. */
export const multilineValues = `name = "quarry"
description = """
[[not a header]]
name = "text, no key"
"""

[[nodes]]
name = "leaf1"
depends_on = [
  "spine1",
  "host1", # last
]
motd = '''
Welcome to leaf1
'''
model = "frr_linux"

[[nodes]]
name = "leaf2"
motd = """
Welcome \\
  to leaf2
"""
links = [
  [1, 2],
  [3, 4],
]
model = "tiny_linux"

[[nodes]]
name = "spine1"
model = "frr_linux"

[[links]]
src = "leaf1::swp1"
dst = "spine1::eth1"
`;

const rows = (trailing: string): string => `name = "quarry"
nodes = [
  { name = "leaf1", model = "nvidia_cumulus", groups = ["leaf", "core"] },
  { name = "leaf2", model = "nvidia_cumulus" },
  # the middle
  { name = "spine1", model = "frr_linux", management = { ipv4 = "172.31.0.9" } },
  { name = "host1", model = "tiny_linux", cpu_count = 2 }${trailing}
]

links = [
  { src = "leaf1::swp1", dst = "spine1::eth1" },
  { src = "leaf2::swp1", dst = "spine1::eth2", mtu = 1500 },
  { src = "host1::eth1", dst = "leaf2::swp2" }${trailing}
]

[management]
mode = "nat"
ipv4 = "172.31.4.0/24"
`;

/** One inline table a line, with and without a comma after the last one. */
export const inlineRows = rows(",");
export const inlineRowsWithoutTrailingComma = rows("");

/** Inline tables over several lines, as TOML 1.1 allows. */
export const multilineRows = `name = "quarry"
nodes = [
  {
    name = "leaf1",
    model = "nvidia_cumulus",
  },
  {
    name = "leaf2",
    model = "nvidia_cumulus"
  },
  { name = "spine1", model = "frr_linux" },
]
links = [
  {
    src = "leaf1::swp1",
    dst = "spine1::eth1",
  },
]

[management]
mode = "nat"
`;
