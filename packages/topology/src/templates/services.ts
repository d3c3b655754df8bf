import type { LabTemplate } from "./template.js";

export const services: LabTemplate = {
  name: "services",
  description: "a router between clients and servers, which start after it",
  manifest: (lab) => `# Clients on one side, servers on the other; the router comes first.
name = "${lab}"
nodes = [
  { name = "gw", model = "frr_linux", interfaces = { eth1 = { ipv4 = "192.168.1.1/24" }, eth2 = { ipv4 = "192.168.2.1/24" } } },
  { name = "client", model = "tiny_linux", interfaces.eth1.ipv4 = "192.168.1.10/24", depends_on = ["gw", "web"] },
  { name = "web", model = "tiny_linux", interfaces.eth1.ipv4 = "192.168.2.10/24", depends_on = ["gw"] },
  { name = "dns", model = "tiny_linux", interfaces.eth1.ipv4 = "192.168.2.11/24", depends_on = ["gw"] },
]
links = [{ src = "client::eth1", dst = "gw::eth1" }]
bridges = [{ name = "servers", links = ["gw::eth2", "web::eth1", "dns::eth1"] }]
`,
};
