import { parse } from "yaml";
import { frr, ifupdown } from "./ios-like.js";
import { readCommands } from "./command-lines.js";
import { readNetworkd } from "./key-values.js";
import { FormatError, type Statement } from "./patterns.js";

/** The leaves of a value: the keys and numbers on the way, then what is there as text; of an empty table its keys. */
function leaves(value: unknown, path: Statement = []): readonly Statement[] {
  if (typeof value !== "object" || value === null) return [[...path, String(value)]];
  const entries = Object.entries(value);
  return entries.length === 0 ? [path] : entries.flatMap(([key, member]) => leaves(member, [...path, key]));
}

export function readJson(text: string): readonly Statement[] {
  return leaves(JSON.parse(text));
}

/** YAML as cloud-init reads it. */
export function readYaml(text: string): readonly Statement[] {
  return leaves(parse(text, { version: "1.1" }));
}

/** cloud-init's own format, which its first line says. */
export function readCloudConfig(text: string): readonly Statement[] {
  if (!text.startsWith("#cloud-config\n")) throw new FormatError("the mark of cloud-init data is missing");
  return readYaml(text);
}

/** The same with FRR's configuration in a file. */
export function readFrr(text: string): readonly Statement[] {
  const statements = readCloudConfig(text);
  const at = statements.find((statement) => statement[0] === "write_files" && statement.at(-1) === "/etc/frr/frr.conf");
  const file = statements.find((other) => other[1] === at?.[1] && other[2] === "content")?.at(-1);
  if (file === undefined) throw new FormatError("there is no frr.conf");
  return [...statements, ...readCommands(frr, file).map((words) => ["frr.conf", ...words])];
}

/** Ignition, with the files that it writes: text in data URLs, networkd's in its own format. */
export function readIgnition(text: string): readonly Statement[] {
  const statements = readJson(text);
  return statements.flatMap((statement): readonly Statement[] => {
    const [url = "", key] = [statement.at(-1), statement.at(-2)];
    if (key !== "source") return [statement];
    const content = decodeURIComponent(url.replace(/^data:;charset=utf-8,/, ""));
    const file = statements.find(([, , index, name]) => index === statement[2] && name === "path")?.at(-1) ?? "";
    return /\.(?:network|link)$/.test(file)
      ? readNetworkd(content).map((words) => [file, ...words])
      : [[file, content]];
  });
}

/** The tables of SONiC within the commands that load them. */
export function withSonicTables(statements: readonly Statement[]): readonly Statement[] {
  const tables = statements.find((words) => words.at(-1) === "/tmp/labscape.json")?.[2];
  if (tables === undefined) throw new FormatError("the commands load no tables");
  return [...statements, ...readJson(tables)];
}

/** The interfaces file within a script that writes it. */
export function withInterfaces(statements: readonly Statement[]): readonly Statement[] {
  const file = statements.find((words) => words.at(-1) === "/etc/network/interfaces")?.[2];
  return file === undefined ? statements : [...statements, ...readCommands(ifupdown, `${file}\n`)];
}
