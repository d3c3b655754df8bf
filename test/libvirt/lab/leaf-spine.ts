/** A fabric of tiny_linux nodes with static routes: every leaf has a cable to every spine, hosts are spread over the leaves. */
export interface Fabric {
  readonly nodes: number;
  /** A startup script for all nodes: sets the routes of the one that it runs on. */
  readonly routes: string;
  /** One for each host, to a host behind another leaf: four cables each way. */
  readonly pings: readonly { readonly from: string; readonly address: string }[];
  /** Text of the manifest. @param script absolute path of a file with `routes`. */
  manifest(script: string): string;
}

export interface FabricSize {
  readonly spines: number;
  readonly leaves: number;
  readonly hosts: number;
}

/**
 * Addresses: host H behind leaf L is 10.L.H.2, with the leaf's end of its cable as gateway; the cable of leaf L to spine S is
 * 172.16.L.4S/30, with .1 of it at the leaf. Two leaves talk through one and the same spine in both directions.
 */
export function leafSpine(name: string, { spines, leaves, hosts }: FabricSize): Fabric {
  const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);
  const leafOf = (host: number): number => ((host - 1) % leaves) + 1;
  const uplink = (leaf: number, spine: number, end: 1 | 2): string => `172.16.${leaf}.${4 * spine + end}`;
  const between = (leaf: number, other: number): number => ((leaf + other) % spines) + 1;
  const access = (host: number, end: 1 | 2): string => `10.${leafOf(host)}.${host}.${end}`;

  const node = (label: string, addresses: readonly string[], script: string): string => {
    const ports = addresses.map((address, index) => `eth${index + 1} = { ipv4 = "${address}" }`);
    return `  { name = "${label}", model = "tiny_linux", startup_scripts = ["${script}"], interfaces = { ${ports.join(", ")} } },`;
  };
  const behind = (leaf: number): readonly number[] => numbers(hosts).filter((host) => leafOf(host) === leaf);
  const route = (leaf: number, via: string): string => `ip route add 10.${leaf}.0.0/16 via ${via}`;
  const routes = [
    ...numbers(spines).map((spine) => ({
      of: `spine${spine}`,
      lines: numbers(leaves).map((leaf) => route(leaf, uplink(leaf, spine, 1))),
    })),
    ...numbers(leaves).map((leaf) => ({
      of: `leaf${leaf}`,
      lines: numbers(leaves)
        .filter((other) => other !== leaf)
        .map((other) => route(other, uplink(leaf, between(leaf, other), 2))),
    })),
    ...numbers(hosts).map((host) => ({ of: `h${host}`, lines: [`ip route add 10.0.0.0/8 via ${access(host, 1)}`] })),
  ];

  return {
    nodes: spines + leaves + hosts,
    routes: `#!/bin/sh\ncase $(hostname) in\n${routes.map(({ of, lines }) => `${of}) ${lines.join("; ")} ;;\n`).join("")}esac\n`,
    pings: numbers(hosts).flatMap((host) => {
      // The further down the list, the further away the leaf, so that all spines have their share.
      const others = numbers(hosts).filter((other) => leafOf(other) !== leafOf(host));
      const other = others[(host + Math.floor(host / leaves)) % others.length];
      return other === undefined ? [] : [{ from: `h${host}`, address: access(other, 2) }];
    }),
    manifest: (script) =>
      [
        `name = "${name}"`,
        "nodes = [",
        ...numbers(spines).map((spine) =>
          node(
            `spine${spine}`,
            numbers(leaves).map((leaf) => `${uplink(leaf, spine, 2)}/30`),
            script,
          ),
        ),
        ...numbers(leaves).map((leaf) =>
          node(
            `leaf${leaf}`,
            [
              ...numbers(spines).map((spine) => `${uplink(leaf, spine, 1)}/30`),
              ...behind(leaf).map((host) => `${access(host, 1)}/24`),
            ],
            script,
          ),
        ),
        ...numbers(hosts).map((host) => node(`h${host}`, [`${access(host, 2)}/24`], script)),
        "]",
        "links = [",
        ...numbers(leaves).flatMap((leaf) => [
          ...numbers(spines).map(
            (spine) => `  { src = "leaf${leaf}::eth${spine}", dst = "spine${spine}::eth${leaf}" },`,
          ),
          ...behind(leaf).map(
            (host, index) => `  { src = "h${host}::eth1", dst = "leaf${leaf}::eth${spines + index + 1}" },`,
          ),
        ]),
        "]",
        "",
      ].join("\n"),
  };
}
