/** The manifest of the first dialect, as a newcomer finds it. */
export const firstDialect = `id = "1e18b3bfe149"

devices = [
  { id = 1, name = "dev1", device_model = "nvidia_cumulus" },
  { id = 2, name = "dev2", device_model = "nvidia_cumulus" },
]

connections = [
  { device_a = "dev1", interface_a = 0, device_b = "dev2", interface_b = 0 },
]
`;

export const quarry = `name = "quarry"

nodes = [
  { name = "edge", model = "frr_linux" },
  { name = "leaf1", model = "nvidia_cumulus" },
  { name = "leaf2", model = "nvidia_cumulus" },
  { name = "web", model = "tiny_linux" },
  { name = "db", model = "tiny_linux" },
]

links = [
  { src = "edge::eth1", dst = "leaf1::swp1" },
  { src = "edge::eth2", dst = "leaf2::swp1" },
  { src = "leaf1::swp2", dst = "leaf2::swp2", label = "peer" },
  { src = "leaf1::swp3", dst = "web::eth1" },
  { src = "leaf2::swp3", dst = "db::eth1" },
]
`;

/** A lab of two files: what its nodes have in common is in `commonLab`. */
export const siteLab = `name = "site"
include = ["common.lab.toml"]

nodes = [
  { name = "spine", model = "frr_linux" },
  { name = "leaf1", model = "frr_linux", groups = ["leaf"] },
  { name = "leaf2", model = "frr_linux", groups = ["leaf"] },
]

links = [
  { src = "spine::eth1", dst = "leaf1::eth1" },
  { src = "spine::eth2", dst = "leaf2::eth1" },
]
`;

/** A device model of the user's own that misspells the one that it extends. */
export const acmeModel = `name = "acme"
title = "ACME 7"

extends = "frr_linx"
[hardware]
memory = 512
`;

export const acmeLab = `name = "quay"
nodes = [{ name = "edge", model = "acme" }]
`;

export const commonLab = `[defaults]
cpu_count = 2

[groups.leaf]
memory = 256
`;

/** A lab with everything that a canvas draws. */
export const campus = `# What the comments say stays.
name = "campus"

nodes = [
  { name = "edge", model = "frr_linux" },
  { name = "leaf1", model = "nvidia_cumulus", groups = ["leaf"] },
  { name = "leaf2", model = "nvidia_cumulus", groups = ["leaf"] },
  { name = "web", model = "tiny_linux", groups = ["servers"] }, # the shop
  { name = "db", model = "tiny_linux", groups = ["servers"] },
]

links = [
  { src = "edge::eth1", dst = "leaf1::swp1" },
  { src = "edge::eth2", dst = "leaf2::swp1" },
  { src = "leaf1::swp2", dst = "leaf2::swp2", label = "peer" },
  { src = "leaf1::swp3", dst = "web::eth1" },
  { src = "leaf2::swp3", dst = "db::eth1" },
]

bridges = [
  { name = "office", links = ["web::eth2", "db::eth2"] },
  { name = "internet", external = "br0", links = ["edge::eth3"] },
]

[groups.leaf]
memory = 2048

[groups.servers]
memory = 256
`;
