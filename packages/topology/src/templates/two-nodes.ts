import type { LabTemplate } from "./template.js";

export const twoNodes: LabTemplate = {
  name: "two-nodes",
  description: "two hosts and a cable",
  manifest: (lab) => `# Two hosts and a cable.
name = "${lab}"

[[nodes]]
name = "h1"
model = "tiny_linux"
interfaces.eth1.ipv4 = "10.0.0.1/24"

[[nodes]]
name = "h2"
model = "tiny_linux"
interfaces.eth1.ipv4 = "10.0.0.2/24"

[[links]]
src = "h1::eth1"
dst = "h2::eth1"
`,
};
