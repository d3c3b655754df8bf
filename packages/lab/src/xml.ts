import XMLBuilder from "fast-xml-builder";
import { XMLParser } from "fast-xml-parser";

/** An element to write: attributes have keys that begin with "@", text is "#text", an array repeats its element. */
export interface XmlElement {
  readonly [key: string]: XmlValue | undefined;
}
export type XmlValue = string | number | XmlElement | readonly XmlElement[];

const builder = new XMLBuilder({
  attributeNamePrefix: "@",
  ignoreAttributes: false,
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
  format: true,
  indentBy: "  ",
});

/** Serialises one element; every text and attribute is escaped. Members that are undefined are left out. */
export function toXml(name: string, element: XmlElement): string {
  return builder.build({ [name]: defined(element) });
}

function defined(value: XmlValue): unknown {
  if (isList(value)) return value.map(defined);
  if (typeof value !== "object") return typeof value === "number" ? String(value) : value;
  const entries = Object.entries(value).flatMap(([key, member]) =>
    member === undefined || (isList(member) && member.length === 0) ? [] : [[key, defined(member)] as const],
  );
  return Object.fromEntries(entries);
}

function isList(value: XmlValue): value is readonly XmlElement[] {
  return Array.isArray(value);
}

const parser = new XMLParser({
  attributeNamePrefix: "@",
  ignoreAttributes: false,
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
});

/** An element as read. Read it through the functions below, which accept its absence. */
export type ParsedElement = Readonly<Record<string, unknown>>;

/** Parses a document and returns its root element. @throws Error when the text is not XML or has another root. */
export function parseXml(text: string, root: string): ParsedElement {
  const document: unknown = parser.parse(text);
  const element = isRecord(document) ? toElement(document[root]) : undefined;
  if (element === undefined) throw new Error(`expected an XML document with the root <${root}>`);
  return element;
}

/**
 * The elements of a name in a definition of libvirt, which begins and ends each on a line of its own; the rest is not parsed:
 * that makes up most of the work with many domains.
 */
export function elementsIn(definition: string, name: string): readonly ParsedElement[] {
  const whole = new RegExp(`^( *)<${name}(?: [^>]*[^/>])?>\n[^]*?\n\\1</${name}>$`, "gm");
  return [...definition.matchAll(whole)].map(([text]) => parseXml(text, name));
}

/** All child elements of a name, in order. */
export function childrenOf(element: ParsedElement | undefined, name: string): readonly ParsedElement[] {
  const value = element?.[name];
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).flatMap<ParsedElement>((item: unknown) => toElement(item) ?? []);
}

/** The first element down a path of names. */
export function childOf(element: ParsedElement | undefined, ...path: readonly string[]): ParsedElement | undefined {
  return path.reduce<ParsedElement | undefined>((current, name) => childrenOf(current, name)[0], element);
}

export function attributeOf(element: ParsedElement | undefined, name: string): string | undefined {
  const value = element?.[`@${name}`];
  return typeof value === "string" ? value : undefined;
}

/** The element's text; empty for an element without any. */
export function textOf(element: ParsedElement | undefined): string | undefined {
  if (element === undefined) return undefined;
  const value = element["#text"];
  return typeof value === "string" ? value : "";
}

/** Child elements of any name in an XML namespace, whichever prefix they use, with their local name. */
export function childrenInNamespace(
  element: ParsedElement | undefined,
  namespace: string,
): readonly { readonly name: string; readonly element: ParsedElement }[] {
  return Object.keys(element ?? {}).flatMap((key) => {
    const [prefix, local] = key.includes(":")
      ? [key.slice(0, key.indexOf(":")), key.slice(key.indexOf(":") + 1)]
      : ["", key];
    const declaration = prefix === "" ? "xmlns" : `xmlns:${prefix}`;
    return childrenOf(element, key)
      .filter((child) => attributeOf(child, declaration) === namespace)
      .map((child) => ({ name: local, element: child }));
  });
}

/** Child elements of a name, whatever their prefix: for the inside of an element of our own namespace. */
export function childrenOfLocalName(element: ParsedElement | undefined, local: string): readonly ParsedElement[] {
  return Object.keys(element ?? {})
    .filter((key) => key === local || key.endsWith(`:${local}`))
    .flatMap((key) => childrenOf(element, key));
}

/** An element that was read, to write it again. The order of children of different names is not kept. */
export function elementOf(element: ParsedElement): XmlElement {
  return Object.fromEntries(
    Object.keys(element).map((key): readonly [string, XmlValue] => {
      const value = element[key];
      if (typeof value === "string") return [key, value];
      return [key, childrenOf(element, key).map(elementOf)];
    }),
  );
}

function toElement(value: unknown): ParsedElement | undefined {
  if (isRecord(value)) return value;
  return typeof value === "string" ? { "#text": value } : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
