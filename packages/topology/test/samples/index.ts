/** Manifests that stand for what people write. */

export const firstDialect = `id = "1e18b3bfe149"

devices = [
  { id = 1, name = "dev1", device_model = "nvidia_cumulus" },
  { id = 2, name = "dev2", device_model = "nvidia_cumulus" },
]

connections = [
  { device_a = "dev1", interface_a = 0, device_b = "dev2", interface_b = 0 },
]
`;

export const currentDialect = `name = "two-switches"

nodes = [
  { name = "dev1", model = "nvidia_cumulus" },
  { name = "dev2", model = "nvidia_cumulus" },
]

links = [
  { src = "dev1::swp1", dst = "dev2::swp1" },
]
`;

/** A routed pair as another tool's users write it. */
export const routedPair = `name = "harbour-pair"
ready_timeout = 900
nodes = [
  { name = "edge1", model = "cisco_cat8000v", version = "17.16.01a", cpu_count = 2, memory = 4096, ztp_config = "day0/edge1.cfg" },
  { name = "edge2", model = "juniper_vrouter", skip_ready_check = true },
  { name = "probe", model = "ubuntu_linux", data_interface_count = 3, boot_disk_size = 20 },
]
links = [
  { src = "edge1::gig2", dst = "edge2::ge-0/0/0", p2p = true, impairment = { delay = 20, jitter = 3, loss_percent = 0.5 } },
  { src = "edge1::gig3", dst = "probe::eth1" },
  { src = "edge2::ge-0/0/1", dst = "probe::eth3", p2p = true },
]
`;

/** Headers instead of rows, and a shared segment. */
export const sharedSegment = `name = "quarry-fabric"

[[nodes]]
name = "lf-a"
model = "arista_veos"

[[nodes]]
name = "lf-b"
model = "arista_veos"

[[nodes]]
name = "fw"
model = "cisco_iosv"

[[links]]
src = "lf-a::eth1"
dst = "lf-b::eth1"

[[bridges]]
name = "storage-vlan"
links = ["lf-a::eth10", "lf-b::eth10", "fw::gig0/2"]
`;

/** Everything that a node can take over. */
export const layered = `name = "layers"
description = "Defaults, groups and nodes"

[defaults]
model = "debian_linux"
memory = 1024
interfaces.eth1.mtu = 9000

[groups.big]
memory = 4096
cpu_count = 4

[groups.slow]
cpu_count = 1
start_delay = 5

[[nodes]]
name = "plain"

[[nodes]]
name = "both"
groups = ["big", "slow"]
depends_on = ["plain"]

[[nodes]]
name = "own"
group = "big"
memory = 2048
interfaces.eth1 = { ipv4 = "10.0.0.1/30", description = "to both" }

[[links]]
src = "own::eth1"
dst = "both::eth2"
label = "core"
state = "down"

[[bridges]]
name = "office"
links = ["plain::eth1", "both::eth3"]
`;

/** Files, scripts and variables. */
export const toolshed = `name = "toolshed"

[[nodes]]
name = "build"
model = "debian_linux"
cpu_count = 8
memory = 16384
environment_variables = ["CI_TOKEN=$CI_TOKEN", "EDITOR=vim"]
startup_scripts = ["scripts/root-setup.sh"]
user_scripts = ["scripts/me.sh"]
text_files = [{ src = "~/.gitconfig", dst = "/home/me/.gitconfig", user = "me", group = "me", permissions = 644 }]
ssh_authorized_keys = ["ssh-ed25519 AAAA... me@laptop"]
ssh_authorized_key_files = [{ source = "/srv/keys/team.pub" }, "other.pub"]

[[nodes]]
name = "web"
model = "ubuntu_linux"
commands = ["nginx", "-g", "daemon off;"]
privileged = false

[[links]]
src = "build::eth1"
dst = "web::eth1"

[ztp_server]
enable = true

[config_management]
ansible = false
pyats = true
`;

export const samples = { firstDialect, currentDialect, routedPair, sharedSegment, layered, toolshed } as const;
