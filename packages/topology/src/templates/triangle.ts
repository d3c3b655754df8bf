import type { LabTemplate } from "./template.js";

export const triangle: LabTemplate = {
  name: "triangle",
  description: "three routers, each with a cable to the other two",
  manifest: (lab) => `# Three routers: pull any cable, and a way is left.
name = "${lab}"
nodes = [
  { name = "r1", model = "frr_linux", interfaces = { eth1 = { ipv4 = "10.0.12.1/24" }, eth2 = { ipv4 = "10.0.13.1/24" } } },
  { name = "r2", model = "frr_linux", interfaces = { eth1 = { ipv4 = "10.0.12.2/24" }, eth2 = { ipv4 = "10.0.23.2/24" } } },
  { name = "r3", model = "frr_linux", interfaces = { eth1 = { ipv4 = "10.0.13.3/24" }, eth2 = { ipv4 = "10.0.23.3/24" } } },
]
links = [
  { src = "r1::eth1", dst = "r2::eth1" },
  { src = "r1::eth2", dst = "r3::eth1" },
  { src = "r2::eth2", dst = "r3::eth2" },
]
`,
};
