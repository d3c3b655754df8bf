// Writes API.md from the classes and their comments:  node scripts/api.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format } from "prettier";
import ts from "typescript";

const root = new URL("../", import.meta.url);

/** Each section, and the classes of which its methods come: parents after children. */
const sections = [
  ["Connection", ["connection.ts", "objects/directory.ts", "objects/host.ts"]],
  ["Domain", ["objects/domain.ts"]],
  ["DomainSnapshot", ["objects/snapshot.ts"]],
  ["Network", ["objects/network.ts"]],
  ["NetworkFilter", ["objects/nwfilter.ts"]],
  ["NetworkFilterBinding", ["objects/nwfilter.ts"]],
  ["StoragePool", ["objects/storage-pool.ts"]],
  ["StorageVolume", ["objects/storage-volume.ts"]],
  ["ConnectionEvents", ["emitter.ts"]],
];
/** Files whose exported functions are described together. */
const functions = ["errors.ts", "transport/uri.ts", "transport/sockets.ts"];
const exported = new Set(["parseUri", "sessionDirectory"]);
/** Files of constants. */
const constants = ["connection", "domain", "states", "network", "storage", "snapshot"];

/** The page's text. */
export async function apiPage() {
  const parts = [
    "# API of node-libvirt",
    "",
    "Written by `scripts/api.mjs` from the sources. `options` is `{ signal, timeout }` everywhere; flags are 0 where left out.",
    "",
    ...sections.flatMap(([name, files]) => section(name, files)),
    "## Functions",
    "",
    ...functions.flatMap((file) => declarations(file).filter(isListedFunction).flatMap(entry)),
    "## Constants",
    "",
    "Each holds the numbers that libvirt's public headers give the names.",
    "",
    ...constants.flatMap((file) => declarations(`flags/${file}.ts`).filter(ts.isVariableStatement).flatMap(constant)),
  ];
  return format(parts.join("\n"), { parser: "markdown", printWidth: 120 });
}

function section(name, files) {
  const classes = files.flatMap((file) => declarations(file).filter(ts.isClassDeclaration));
  const own = classes.filter((one) => one.name?.text === name);
  const inherited = files.length > 1 ? classes.filter((one) => one.name?.text !== name) : [];
  const members = [...own, ...inherited].flatMap((one) => one.members.filter(isPublic));
  return [`## ${name}`, "", comment(own[0]), "", ...members.flatMap(entry)];
}

function declarations(file) {
  const text = readFileSync(new URL(`src/${file}`, root), "utf8");
  return [...ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true).statements];
}

function isListedFunction(node) {
  return (
    ts.isFunctionDeclaration(node) &&
    (/^is[A-Z]/.test(node.name?.text ?? "") || exported.has(node.name?.text ?? "")) &&
    node.name?.text !== "isSet"
  );
}

function isPublic(member) {
  if (!ts.isMethodDeclaration(member) && !ts.isGetAccessor(member)) return false;
  if (ts.isPrivateIdentifier(member.name)) return false;
  return !(ts.getModifiers(member) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ProtectedKeyword);
}

function entry(node) {
  const parameters = ts.isGetAccessor(node) ? "" : `(${node.parameters.map(parameter).join(", ")})`;
  const isStatic = (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
  const name = `${isStatic ? "static " : ""}${node.name?.getText() ?? ""}`;
  const result = node.type === undefined ? "" : `: ${squeeze(node.type.getText())}`;
  const text = comment(node);
  return [`- \`${name}${parameters}${result}\`${text === "" ? "" : "  "}`, ...(text === "" ? [] : [`  ${text}`])];
}

function parameter(node) {
  const optional = node.questionToken !== undefined || node.initializer !== undefined ? "?" : "";
  return `${node.name.getText()}${optional}`;
}

function constant(node) {
  const [declaration] = node.declarationList.declarations;
  let value = declaration?.initializer;
  if (value !== undefined && ts.isAsExpression(value)) value = value.expression;
  const names =
    value !== undefined && ts.isObjectLiteralExpression(value)
      ? value.properties.map((one) => one.name?.getText())
      : [];
  return [`- \`${declaration?.name.getText() ?? ""}\` (${comment(node).replace(/\.$/, "")}): ${names.join(", ")}`];
}

/** The comment before a declaration, as one paragraph. */
function comment(node) {
  const [block] = node === undefined ? [] : ts.getJSDocCommentsAndTags(node);
  if (block === undefined) return "";
  const lines = block
    .getText()
    .replace(/^\/\*\*|\*\/$/g, "")
    .split("\n");
  return squeeze(
    lines
      .map((line) => line.replace(/^\s*\*\s?/, ""))
      .join(" ")
      .replace(/\{@link (\w+)\}/g, "`$1`")
      .replace(/@param (\S+)/g, "$1:"),
  );
}

function squeeze(text) {
  return text.replace(/\s+/g, " ").trim();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(new URL("API.md", root), await apiPage());
