import { builtinCatalogue, portNames, type DeviceModel } from "@labscape/devices";
import type { Dialect } from "@labscape/topology";

/** A source of numbers that are the same in every run. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** 0 to `sides - 1`; mulberry32. */
  roll(sides: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  }

  chance(oneIn: number): boolean {
    return this.roll(oneIn) === 0;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.roll(items.length)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  }

  shuffle<Item>(items: readonly Item[]): Item[] {
    const left = [...items];
    return items.map(() => left.splice(this.roll(left.length), 1)).flat();
  }
}

/** How a manifest is written. */
interface Style {
  readonly dialect: Dialect;
  /** Keys in the order, ports by the names and numbers where the numbers are that a conversion itself would write. */
  readonly plain: boolean;
  readonly form: "rows" | "rows over lines" | "headers";
  readonly equals: string;
  readonly quote: string;
}

type Pair = readonly [key: string, value: string];

const models = builtinCatalogue.models.filter(({ ports }) => ports.data.maxCount > 0);

/** A manifest without errors, of a dialect, with comments; `plain` ones come back from the other dialect as the same text. */
export function generateManifest(dice: Dice, dialect: Dialect, plain: boolean): string {
  const style: Style = {
    dialect,
    plain,
    form: dice.pick(["rows", "rows over lines", "headers"]),
    equals: dice.pick([" = ", "=", "  =  "]),
    quote: dice.pick(['"', '"', "'"]),
  };
  const nodes = Array.from({ length: 1 + dice.roll(6) }, (_, index) => ({
    name: `n${index}`,
    model: dice.pick(models),
    next: 0,
  }));
  const comment = () => (dice.chance(4) ? ` # ${dice.pick(["a, b", "x = 1", '"', "devices"])}` : "");
  const { equals } = style;
  // A comment at a key that goes away stays, and stands elsewhere when the key comes back.
  const commentAt = (key: string) => (plain && (key === "id" || key.startsWith("device_")) ? "" : comment());
  const line = ([key, value]: Pair) => `${key}${equals}${value}${commentAt(key)}\n`;
  const identity: readonly Pair[] =
    dialect === "first" && (plain || dice.chance(2)) ? [["id", text(style, "0123456789ab")]] : [["name", '"quarry"']];

  const rows = (list: string, each: readonly (readonly Pair[])[]): string => {
    if (style.form === "headers")
      return each.map((pairs) => `\n[[${list}]]${comment()}\n${pairs.map(line).join("")}`).join("");
    const row = (pairs: readonly Pair[]) => {
      const written = pairs.map(([key, value]) => [key, `${key}${equals}${value}`] as const);
      if (style.form === "rows") return `  { ${written.map(([, pair]) => pair).join(", ")} },${comment()}\n`;
      return `  {\n${written.map(([key, pair]) => `    ${pair},${commentAt(key)}\n`).join("")}  },\n`;
    };
    return `\n${list}${equals}[${comment()}\n${each.map(row).join("")}]${comment()}\n`;
  };

  const nodeRows = nodes.map((node, index) => nodePairs(dice, style, node, index));
  const links = Array.from({ length: dice.roll(8) }, () => linkPairs(dice, style, nodes)).filter(
    (pairs) => pairs !== undefined,
  );
  const lists = dialect === "current" ? (["nodes", "links"] as const) : (["devices", "connections"] as const);
  const shared = dice.chance(2) ? "" : `\n[defaults]${comment()}\n${line(["skip_ready_check", "true"])}`;
  const written = `# A lab\n${identity.map(line).join("")}${rows(lists[0], nodeRows)}${rows(lists[1], links)}${shared}`;
  return dice.chance(5) ? written.replaceAll("\n", "\r\n") : written;
}

interface Node {
  readonly name: string;
  readonly model: DeviceModel;
  /** The first data port without a cable. */
  next: number;
}

function nodePairs(dice: Dice, style: Style, { name, model }: Node, index: number): readonly Pair[] {
  const { dialect, plain } = style;
  const pairs: Pair[] = [
    ["name", text(style, name)],
    [dialect === "current" ? "model" : "device_model", text(style, model.name)],
  ];
  if (dice.chance(2)) pairs.push(["cpu_count", "4"]);
  const port = dice.roll(model.ports.data.maxCount);
  if (dice.chance(2)) pairs.push([`interfaces.${portKey(dice, style, model, port)}.description`, '"x = { 1, 2 } # 3"']);
  const number: readonly Pair[] = dialect === "first" && (plain || dice.chance(2)) ? [["id", String(index + 1)]] : [];
  return plain ? [...number, ...pairs] : dice.shuffle([...number, ...pairs]);
}

/** A key of `interfaces`. */
function portKey(dice: Dice, { dialect, plain }: Style, model: DeviceModel, index: number): string {
  const name = portNames(model)[index] ?? "";
  const named = dialect === "current" || (!plain && dice.chance(2));
  // A device that numbers its ports itself is taken at its word.
  if (named || portNames(model).includes(String(index))) return /^[\w-]+$/.test(name) ? name : `"${name}"`;
  return String(index);
}

function linkPairs(dice: Dice, style: Style, nodes: readonly Node[]): readonly Pair[] | undefined {
  const [src, dst] = dice.shuffle(nodes);
  if (src === undefined || dst === undefined) return undefined;
  const ends = [src, dst].map((node): { node: Node; port: number } => ({ node, port: node.next++ }));
  if (ends.some(({ node, port }) => port >= node.model.ports.data.maxCount)) return undefined;
  const groups = ends.map(({ node, port }, end): readonly Pair[] => {
    if (style.dialect === "current")
      return [[end === 0 ? "src" : "dst", text(style, `${node.name}::${portNames(node.model)[port] ?? ""}`)]];
    const letter = end === 0 ? "a" : "b";
    return [
      [`device_${letter}`, text(style, node.name)],
      [`interface_${letter}`, String(port)],
    ];
  });
  const extras: readonly Pair[] = dice.chance(2)
    ? []
    : [
        dice.pick<Pair>([
          ["mtu", "9000"],
          ["label", '"a, b # c"'],
        ]),
      ];
  return style.plain ? [...groups, extras].flat() : dice.shuffle([...groups, extras].flat());
}

function text({ quote }: Style, value: string): string {
  return `${quote}${value}${quote}`;
}
