/** Lines below one another. */
export const lines = (...each: readonly string[]) => each.map((line) => `${line}\n`).join("");

export const rows = lines(
  'name = "x"',
  "nodes = [",
  '  { name = "a", model = "tiny_linux" }, # the first',
  '  { name = "b", model = "tiny_linux" }',
  "]",
  'links = [{ src = "a::eth1", dst = "b::eth1" }]',
);

export const headers = lines(
  'name = "x"',
  "",
  "[[nodes]]",
  'name = "a"',
  'model = "tiny_linux"',
  "# its size",
  "memory = 256",
  "[nodes.interfaces]",
  "eth1.mtu = 9000",
  "",
  "# The second",
  "[[nodes]]",
  'name = "b"',
  'model = "tiny_linux"',
  "",
  "# Cables",
  "[[links]]",
  'src = "a::eth1"',
  'dst = "b::eth1"',
);

export const first = lines(
  'id = "1e18b3bfe149"',
  "devices = [",
  '  { id = 1, name = "a", device_model = "tiny_linux" },',
  '  { id = 7, name = "b", device_model = "tiny_linux" },',
  "]",
  "connections = [",
  '  { device_a = "a", interface_a = 0, device_b = "b", interface_b = 0 },',
  "]",
);

export const bridged = `${rows}${lines('bridges = [{ name = "lan", links = ["a::eth2", "b::eth2"] }]')}`;
