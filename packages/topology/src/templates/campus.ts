import type { LabTemplate } from "./template.js";

export const campus: LabTemplate = {
  name: "campus",
  description: "core, two distribution routers, two floors of hosts on shared segments",
  manifest: (lab) => `# A core, a distribution router for each building, and a floor of hosts in each.
name = "${lab}"
nodes = [
  { name = "core", model = "frr_linux", interfaces = { eth1 = { ipv4 = "10.0.1.1/24" }, eth2 = { ipv4 = "10.0.2.1/24" } } },
  { name = "dist1", model = "frr_linux", interfaces = { eth1 = { ipv4 = "10.0.1.2/24" }, eth2 = { ipv4 = "192.168.1.1/24" } } },
  { name = "dist2", model = "frr_linux", interfaces = { eth1 = { ipv4 = "10.0.2.2/24" }, eth2 = { ipv4 = "192.168.2.1/24" } } },
  { name = "pc11", model = "tiny_linux", interfaces.eth1.ipv4 = "192.168.1.11/24" },
  { name = "pc12", model = "tiny_linux", interfaces.eth1.ipv4 = "192.168.1.12/24" },
  { name = "pc21", model = "tiny_linux", interfaces.eth1.ipv4 = "192.168.2.11/24" },
  { name = "pc22", model = "tiny_linux", interfaces.eth1.ipv4 = "192.168.2.12/24" },
]
links = [
  { src = "core::eth1", dst = "dist1::eth1" },
  { src = "core::eth2", dst = "dist2::eth1" },
]
bridges = [
  { name = "floor1", links = ["dist1::eth2", "pc11::eth1", "pc12::eth1"] },
  { name = "floor2", links = ["dist2::eth2", "pc21::eth1", "pc22::eth1"] },
]
`,
};
