import {
  describeDefault,
  describeShape,
  modelKeys,
  totalSize,
  type Catalogue,
  type DeviceModel,
  type Key,
  type Keys,
  type ValueShape,
} from "@labscape/devices";

const banner =
  "<!-- Generated: change the models or the schema and run `npm run generate -w packages/devices`. -->\n\n";

/** docs/models/README.md: every built-in model in one table. */
export function cataloguePage(catalogue: Catalogue): string {
  const heading = "| Model | Device | vCPU | MiB | Management | Data ports | First boot | Proof |";
  const rule = "| --- | --- | --: | --: | --- | --- | --- | --- |";
  const rows = catalogue.models.map(catalogueRow);
  const notes = catalogue.models.flatMap((model) => modelSection(model));
  return [
    `${banner}# Device models\n\n`,
    `${catalogue.models.length} models come with Labscape. How to write your own: [models.md](../models.md).\n\n`,
    "Proof says how well a model is known to work: `booted` started in Labscape's own tests; `golden` the files generated for ",
    "it are checked against known good ones; `facts` written down from the sources that its file names (and, where they are ",
    "silent, from what is commonly known of the device), without having been started here.\n\n",
    [heading, rule, ...rows].join("\n"),
    "\n\n",
    notes.join("\n"),
  ].join("");
}

function catalogueRow(model: DeviceModel): string {
  const { ports } = model;
  const size = totalSize(model);
  const { pattern, defaultCount, maxCount, first } = ports.data;
  const start = pattern.includes("{n}") ? `, {n} from ${first}` : "";
  const cells = [
    `[\`${model.name}\`](#${model.name})`,
    cell(model.title),
    String(size.cpuCount),
    String(size.memory),
    ports.management === undefined ? "" : `\`${ports.management.name}\``,
    `\`${pattern}\`${start}; ${defaultCount} of ${maxCount}`,
    model.firstBoot.method,
    model.proof,
  ];
  return `| ${cells.join(" | ")} |`;
}

function modelSection(model: DeviceModel): string[] {
  const { image, credentials } = model;
  const login =
    credentials.fixedPassword === undefined
      ? `user \`${credentials.user}\`, password made for the lab`
      : `user \`${credentials.user}\`, password ${credentials.fixedPassword === "" ? "empty" : `\`${credentials.fixedPassword}\``}`;
  return [
    `## ${model.name}\n`,
    `${model.title}, ${model.vendor}. ${model.description}\n`,
    ...(model.aliases.length === 0 ? [] : [`- Also known as: ${code(model.aliases)}`]),
    `- Login: ${login}`,
    ...(model.firstBoot.supports.length === 0 ? [] : [`- Manifest keys that act: ${code(model.firstBoot.supports)}`]),
    ...(model.firstBoot.byHand === undefined
      ? []
      : [`- First boot: by hand, \`labscape config NODE\` prints what to type. ${model.firstBoot.byHand}`]),
    `- Image: ${image.howTo}${image.url === undefined ? "" : ` <${image.url}>`} \`labscape image add FILE --model ${model.name} --version VERSION\``,
    `- Licence: ${image.licence}`,
    ...model.notes.map((note) => `- Note: ${note}`),
    ...model.sources.map((source) => `- Source: ${source}`),
    "",
  ];
}

/** docs/models/keys.md: every key of a model file. */
export function keysPage(): string {
  return [
    `${banner}# Keys of a model file\n\n`,
    "How to write a model: [models.md](../models.md). Keys without a default must be given, also by the model that the file extends.\n",
    ...keyTables("", modelKeys),
  ].join("");
}

function keyTables(path: string, keys: Keys): string[] {
  const entries = Object.entries<Key<unknown>>(keys);
  const rows = entries
    .filter(([, key]) => key.shape.kind !== "table")
    .map(
      ([name, key]) =>
        `| \`${name}\` | ${describeShape(key.shape)} | ${cell(describeDefault(key))} | ${cell(key.doc)} |`,
    );
  const inner = entries.flatMap(([name, key]) => {
    const table = innerTable(key.shape);
    if (table === undefined) return [];
    const at = path === "" ? name : `${path}.${name}`;
    const title = key.shape.kind === "list" ? `[[${at}]]` : `[${at}]`;
    return [`\n## \`${title}\`\n\n${key.doc}\n`, ...keyTables(at, table)];
  });
  return ["\n| Key | Type | Default | Meaning |\n| --- | --- | --- | --- |\n", `${rows.join("\n")}\n`, ...inner];
}

function innerTable(shape: ValueShape): Keys | undefined {
  if (shape.kind === "table") return shape.keys;
  return shape.kind === "list" && shape.item.kind === "table" ? shape.item.keys : undefined;
}

const code = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(", ");

const cell = (text: string): string => text.replaceAll("|", String.raw`\|`);
