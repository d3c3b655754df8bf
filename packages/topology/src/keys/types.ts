import type { FirstBootCapability } from "@labscape/devices";
import type { Dialect } from "../analysis.js";

/**
 * One description of every key of a manifest. Checks, completion, hover and the resolver derive from it, so that a key
 * that is described acts and a key that is not described is reported.
 */
export interface KeySpec {
  readonly name: string;
  readonly type: ValueType;
  /** The dialect that the key belongs to; absent: both. */
  readonly dialect?: Dialect;
  /** The key that says the same in the other dialect. */
  readonly counterpart?: string;
  /** Where the key must be given. Its counterpart counts as well. */
  readonly required?: Dialect | "both";
  /** What holds when the key is not given, in words. */
  readonly default?: string;
  /** Markdown. */
  readonly documentation: string;
  /** What a device model must be able to do at first boot for the key to act. */
  readonly needs?: FirstBootCapability;
  /** Absent: the key acts. */
  readonly status?: KeyStatus;
  /** What completion writes after `key = `, in snippet syntax; absent: derived from the type. */
  readonly snippet?: string;
}

/**
 * Why a known key does not act: not built yet (what it holds is checked all the same, so that it is right on the day it
 * acts), or without effect in the tool that it comes from as well.
 */
export interface KeyStatus {
  readonly kind: "unsupported" | "inert";
  /** Completes the sentence "It has no effect: ...". */
  readonly reason: string;
}

export type ValueType =
  StringType | IntegerType | NumberType | BooleanType | EnumType | ArrayType | TableType | MapType | EitherType;

/** What a text means; decides how it is checked, completed and coloured. */
export type StringFormat =
  | "text"
  | "lab-name"
  | "lab-id"
  | "node-name"
  | "bridge-name"
  | "model"
  | "version"
  | "group"
  | "node"
  | "endpoint"
  | "path"
  | "ipv4"
  | "ipv6"
  | "ip"
  | "ipv4-cidr"
  | "ipv6-cidr"
  | "mac"
  | "environment"
  | "octal"
  | "password"
  | "public-key"
  | "uri"
  | "domain"
  | "host-bridge";

export interface StringType {
  readonly kind: "string";
  readonly format: StringFormat;
}

export interface IntegerType {
  readonly kind: "integer";
  readonly min: number;
  readonly max: number;
  /** For instance "MiB"; absent for a plain number. */
  readonly unit?: string;
}

export interface NumberType {
  readonly kind: "number";
  readonly min: number;
  readonly max: number;
  readonly unit?: string;
}

export interface BooleanType {
  readonly kind: "boolean";
}

export interface EnumType {
  readonly kind: "enum";
  readonly values: readonly EnumValue[];
}

export interface EnumValue {
  readonly value: string;
  /** Markdown. */
  readonly documentation: string;
}

export interface ArrayType {
  readonly kind: "array";
  readonly items: ValueType;
}

/** A table with keys of its own. */
export interface TableType {
  readonly kind: "table";
  readonly shape: TableShape;
}

/** A table whose keys are names that the user chooses. */
export interface MapType {
  readonly kind: "map";
  readonly names: "group" | "port" | "host-name" | "node" | "bridge";
  readonly values: ValueType;
}

/** Any of several types; the first one that fits the value's kind is meant. */
export interface EitherType {
  readonly kind: "either";
  readonly types: readonly ValueType[];
}

export interface TableShape {
  /** For messages, with its article: "a node". */
  readonly title: string;
  readonly keys: ReadonlyMap<string, KeySpec>;
}
