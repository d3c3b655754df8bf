/** A lab of `size` nodes and one and a half times as many links, with tables under headers. */
export function headerManifest(size: number): string {
  const lines = ['name = "bench"', 'description = "made for measuring"', ""];
  for (let node = 0; node < size; node++) {
    lines.push(
      "[[nodes]]",
      `name = "node${node}" # of row ${Math.floor(node / 10)}`,
      'model = "frr_linux"',
      "memory = 1024",
      'groups = ["leaf", "core"]',
      `text_files = [{ src = "files/${node}.conf", dst = "/etc/node.conf", permissions = "0644" }]`,
      "[nodes.interfaces.eth1]",
      `ipv4 = "10.${(node >> 8) & 255}.${node & 255}.1/24"`,
      "mtu = 9000",
      "",
    );
  }
  for (const [src, dst] of links(size)) lines.push("[[links]]", `src = "${src}"`, `dst = "${dst}"`, "");
  return lines.join("\n");
}

/** The same size of lab, with an inline table for each node and link. */
export function rowManifest(size: number): string {
  const lines = ['name = "bench"', "nodes = ["];
  for (let node = 0; node < size; node++) {
    lines.push(`  { name = "node${node}", model = "frr_linux", memory = 1024, groups = ["leaf", "core"] },`);
  }
  lines.push("]", "links = [");
  for (const [src, dst] of links(size)) lines.push(`  { src = "${src}", dst = "${dst}" },`);
  lines.push("]", "");
  return lines.join("\n");
}

function links(size: number): [src: string, dst: string][] {
  return Array.from({ length: Math.floor(size * 1.5) }, (_, link) => [
    `node${link % size}::eth${2 + Math.floor(link / size)}`,
    `node${(link * 7 + 1) % size}::eth${4 + (link % 5)}`,
  ]);
}
