/** Two cables for three nodes: rings, each node's ports used once. Made for measuring; sound, so that nothing is found in it. */
export interface Cable {
  readonly src: number;
  readonly srcPort: number;
  readonly dst: number;
  readonly dstPort: number;
}

/** One and a half as many cables as nodes. */
export function cables(nodes: number): readonly Cable[] {
  return Array.from({ length: Math.floor(nodes * 1.5) }, (_, index) =>
    index < nodes
      ? { src: index, srcPort: 1, dst: (index + 1) % nodes, dstPort: 2 }
      : { src: index - nodes, srcPort: 3, dst: (index - nodes + 7) % nodes, dstPort: 4 },
  );
}

/** A lab with an inline table for each node and cable. */
export function rowManifest(nodes: number): string {
  const lines = ['name = "bench"', "nodes = ["];
  for (let node = 0; node < nodes; node++) {
    lines.push(`  { name = "node${node}", model = "nvidia_cumulus", memory = 2048, groups = ["leaf", "core"] },`);
  }
  lines.push("]", "links = [");
  for (const { src, srcPort, dst, dstPort } of cables(nodes)) {
    lines.push(`  { src = "node${src}::swp${srcPort}", dst = "node${dst}::swp${dstPort}" },`);
  }
  lines.push("]", "", "[groups.leaf]", "cpu_count = 2", "", "[groups.core]", "start_delay = 5", "");
  return lines.join("\n");
}

/** The same size of lab, with tables under headers and more said of each node. */
export function headerManifest(nodes: number): string {
  const lines = ['name = "bench"', 'description = "made for measuring"', ""];
  for (let node = 0; node < nodes; node++) {
    lines.push(
      "[[nodes]]",
      `name = "node${node}" # of row ${Math.floor(node / 10)}`,
      'model = "debian_linux"',
      "memory = 2048",
      'groups = ["leaf", "core"]',
      `text_files = [{ src = "files/${node}.conf", dst = "/etc/node.conf", permissions = "0644" }]`,
      "[nodes.interfaces.eth5]",
      `ipv4 = "10.${(node >> 8) & 255}.${node & 255}.1/24"`,
      "mtu = 9000",
      "",
    );
  }
  for (const { src, srcPort, dst, dstPort } of cables(nodes)) {
    lines.push("[[links]]", `src = "node${src}::eth${srcPort}"`, `dst = "node${dst}::eth${dstPort}"`, "");
  }
  lines.push("[groups.leaf]", "cpu_count = 2", "", "[groups.core]", "start_delay = 5", "");
  return lines.join("\n");
}

/** The topology of `rowManifest` as containerlab writes it. */
export function containerlabTopology(nodes: number): string {
  const lines = ["name: bench", "topology:", "  nodes:"];
  for (let node = 0; node < nodes; node++) {
    lines.push(
      `    node${node}:`,
      "      kind: cvx",
      "      image: cumulus:5.9",
      "      memory: 2048MB",
      "      group: leaf",
    );
  }
  lines.push("  links:");
  for (const { src, srcPort, dst, dstPort } of cables(nodes)) {
    lines.push(`    - endpoints: ["node${src}:swp${srcPort}", "node${dst}:swp${dstPort}"]`);
  }
  return [...lines, ""].join("\n");
}
