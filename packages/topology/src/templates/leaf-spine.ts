import type { LabTemplate } from "./template.js";

export const leafSpine: LabTemplate = {
  name: "leaf-spine",
  description: "two spines, three leaves, a host behind each leaf",
  manifest: (lab) => `# Every leaf has a cable to every spine, and one host.
name = "${lab}"
nodes = [
  { name = "spine1", model = "frr_linux" },
  { name = "spine2", model = "frr_linux" },
  { name = "leaf1", model = "frr_linux", interfaces.eth3.ipv4 = "192.168.1.1/24" },
  { name = "leaf2", model = "frr_linux", interfaces.eth3.ipv4 = "192.168.2.1/24" },
  { name = "leaf3", model = "frr_linux", interfaces.eth3.ipv4 = "192.168.3.1/24" },
  { name = "h1", model = "tiny_linux", interfaces.eth1.ipv4 = "192.168.1.10/24" },
  { name = "h2", model = "tiny_linux", interfaces.eth1.ipv4 = "192.168.2.10/24" },
  { name = "h3", model = "tiny_linux", interfaces.eth1.ipv4 = "192.168.3.10/24" },
]
links = [
  { src = "spine1::eth1", dst = "leaf1::eth1" },
  { src = "spine1::eth2", dst = "leaf2::eth1" },
  { src = "spine1::eth3", dst = "leaf3::eth1" },
  { src = "spine2::eth1", dst = "leaf1::eth2" },
  { src = "spine2::eth2", dst = "leaf2::eth2" },
  { src = "spine2::eth3", dst = "leaf3::eth2" },
  { src = "h1::eth1", dst = "leaf1::eth3" },
  { src = "h2::eth1", dst = "leaf2::eth3" },
  { src = "h3::eth1", dst = "leaf3::eth3" },
]
`,
};
