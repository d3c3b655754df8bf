/* eslint-disable @typescript-eslint/class-literal-property-style -- as a field the kind would be one more word in each of very many nodes */
import { Entries } from "./entries.js";
import type {
  ArrayValue,
  BooleanValue,
  DateTimeValue,
  DottedKey,
  FloatValue,
  InlineTable,
  IntegerValue,
  KeyPart,
  KeyValue,
  MissingValue,
  Range,
  StringValue,
  TableHeader,
  TomlTable,
} from "./tree.js";

/*
 * The nodes of the tree as the parser makes them. A large lab has hundreds of thousands, and most of the time that a parse
 * takes goes into making and keeping them: a node holds offsets, and makes its ranges and whatever else follows from them
 * when it is asked. For the same reason its kind belongs to its class, and its fields are declared only: a class that extends
 * another one would first define each of them, which takes as long as to set them.
 */

/** Something that covers a range. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Where a piece of the text starts. Everything in the piece counts from there, so that it moves with it: a line that is typed
 * moves all that stands behind it.
 */
export class Anchor {
  offset: number;

  constructor(offset: number) {
    this.offset = offset;
  }
}

/** Something that stands at a place in a piece of the text. */
export class Placed implements Span {
  declare protected readonly anchor: Anchor;
  /** Counted from the anchor. */
  declare protected readonly from: number;
  declare protected to: number;

  constructor(anchor: Anchor, start: number, end: number) {
    this.anchor = anchor;
    this.from = start - anchor.offset;
    this.to = end - anchor.offset;
  }

  get start(): number {
    return this.anchor.offset + this.from;
  }

  get end(): number {
    return this.anchor.offset + this.to;
  }

  get range(): Range {
    return { start: this.start, end: this.end };
  }
}

/** What a table covers in one place; grows with each pair. */
export class Section extends Placed {
  reach(end: number): void {
    this.to = end - this.anchor.offset;
  }
}

/** A part of a key, and also the whole of a key that has no dots. */
export class KeyPartNode extends Placed implements KeyPart, DottedKey {
  declare readonly text: string;

  constructor(anchor: Anchor, start: number, end: number, text: string) {
    super(anchor, start, end);
    this.text = text;
  }

  /** A decoded text is never longer than what is written, and quotes come on top. */
  get quoted(): boolean {
    return this.end - this.start !== this.text.length;
  }

  get parts(): readonly [this] {
    return [this];
  }
}

/** A key with dots. */
export class DottedKeyNode extends Placed implements DottedKey {
  declare readonly parts: readonly KeyPartNode[];

  constructor(anchor: Anchor, start: number, end: number, parts: readonly KeyPartNode[]) {
    super(anchor, start, end);
    this.parts = parts;
  }
}

/** No equals sign is written yet. */
export const noEquals = -1;

/** A pair; one whose key has no dots is at the same time its entry in the table that it stands in. */
export class PairNode<Key extends KeyPartNode | DottedKeyNode = KeyPartNode | DottedKeyNode> implements KeyValue {
  readonly key: Key;
  /** Characters between the key and its equals sign, or `noEquals`. */
  readonly gap: number;
  value: ValueNode;

  constructor(key: Key, gap: number, value: ValueNode) {
    this.key = key;
    this.gap = gap;
    this.value = value;
  }

  get kind(): "key-value" {
    return "key-value";
  }

  get start(): number {
    return this.key.start;
  }

  get end(): number {
    return this.value.end;
  }

  get range(): Range {
    return { start: this.key.start, end: this.value.end };
  }

  get equals(): Range | undefined {
    if (this.gap === noEquals) return undefined;
    const start = this.key.end + this.gap;
    return { start, end: start + 1 };
  }

  get pair(): this {
    return this;
  }
}

export type PlainPair = PairNode<KeyPartNode>;

export function isPlain(pair: PairNode): pair is PlainPair {
  return pair.key instanceof KeyPartNode;
}

export class TableHeaderNode extends Placed implements TableHeader {
  get kind(): "table-header" {
    return "table-header";
  }
  declare readonly key: KeyPartNode | DottedKeyNode;
  declare readonly array: boolean;

  constructor(anchor: Anchor, start: number, end: number, key: KeyPartNode | DottedKeyNode, array: boolean) {
    super(anchor, start, end);
    this.key = key;
    this.array = array;
  }
}

export type StatementNode = PairNode | TableHeaderNode;

export type ValueNode =
  StringNode | IntegerNode | FloatNode | BooleanNode | DateTimeNode | ArrayNode | InlineTableNode | MissingNode;

export class StringNode extends Placed implements StringValue {
  get kind(): "string" {
    return "string";
  }
  declare readonly value: string;
  declare readonly style: StringValue["style"];
  declare readonly terminated: boolean;

  constructor(
    anchor: Anchor,
    start: number,
    end: number,
    value: string,
    style: StringValue["style"],
    terminated: boolean,
  ) {
    super(anchor, start, end);
    this.value = value;
    this.style = style;
    this.terminated = terminated;
  }

  get contents(): Range {
    const quotes = this.style === "basic" || this.style === "literal" ? 1 : 3;
    return { start: this.start + quotes, end: this.terminated ? this.end - quotes : this.end };
  }
}

export class IntegerNode extends Placed implements IntegerValue {
  get kind(): "integer" {
    return "integer";
  }
  /** A number where that is exact. */
  readonly #value: number | bigint;

  constructor(anchor: Anchor, start: number, end: number, value: number | bigint) {
    super(anchor, start, end);
    this.#value = value;
  }

  get value(): bigint {
    return BigInt(this.#value);
  }
}

export class FloatNode extends Placed implements FloatValue {
  get kind(): "float" {
    return "float";
  }
  declare readonly value: number;

  constructor(anchor: Anchor, start: number, end: number, value: number) {
    super(anchor, start, end);
    this.value = value;
  }
}

export class BooleanNode extends Placed implements BooleanValue {
  get kind(): "boolean" {
    return "boolean";
  }
  declare readonly value: boolean;

  constructor(anchor: Anchor, start: number, end: number, value: boolean) {
    super(anchor, start, end);
    this.value = value;
  }
}

export class DateTimeNode extends Placed implements DateTimeValue {
  get kind(): "datetime" {
    return "datetime";
  }
  declare readonly variety: DateTimeValue["variety"];
  declare readonly text: string;

  constructor(anchor: Anchor, start: number, end: number, variety: DateTimeValue["variety"], text: string) {
    super(anchor, start, end);
    this.variety = variety;
    this.text = text;
  }
}

export class ArrayNode extends Placed implements ArrayValue {
  get kind(): "array" {
    return "array";
  }
  declare readonly items: readonly ValueNode[];
  declare readonly terminated: boolean;

  constructor(anchor: Anchor, start: number, end: number, items: readonly ValueNode[], terminated: boolean) {
    super(anchor, start, end);
    this.items = items;
    this.terminated = terminated;
  }
}

export class InlineTableNode extends Placed implements InlineTable {
  get kind(): "inline-table" {
    return "inline-table";
  }
  declare readonly pairs: PairNode[];
  declare readonly terminated: boolean;
  #table: TomlTable | undefined;

  /** @param entries what the pairs mean; absent where each pair is an entry as it stands */
  constructor(
    anchor: Anchor,
    start: number,
    end: number,
    pairs: PairNode[],
    terminated: boolean,
    entries: Entries | undefined,
  ) {
    super(anchor, start, end);
    this.pairs = pairs;
    this.terminated = terminated;
    this.#table = entries && new InlineContents(this, entries);
  }

  get table(): TomlTable {
    // Where each pair is an entry the list of the one is that of the other.
    return (this.#table ??= new InlineContents(
      this,
      new Entries(this.pairs.every(isPlain) ? this.pairs : this.pairs.filter(isPlain)),
    ));
  }
}

/** The meaning of an inline table. */
class InlineContents implements TomlTable {
  get kind(): "table" {
    return "table";
  }
  readonly form = "inline";
  readonly entries: Entries;
  readonly #owner: InlineTableNode;

  constructor(owner: InlineTableNode, entries: Entries) {
    this.#owner = owner;
    this.entries = entries;
  }

  get nameRange(): Range {
    return { start: this.#owner.start, end: this.#owner.start + 1 };
  }

  get ranges(): readonly Range[] {
    return [this.#owner.range];
  }
}

export class MissingNode extends Placed implements MissingValue {
  get kind(): "missing" {
    return "missing";
  }
}
