/** What this server tells of labs as a whole, beyond the Language Server Protocol. Other editors may ignore it. */
import type { Severity } from "@labscape/topology";
import { RequestType, RequestType0 } from "vscode-languageserver";

export interface DescribeParams {
  readonly textDocument: { readonly uri: string };
}

export interface LabDescription {
  readonly lab: LabOutline;
  readonly findings: readonly LabFinding[];
}

/** A lab in short, as plain data. */
export interface LabOutline {
  readonly name: string;
  readonly nodes: readonly {
    readonly name: string;
    /** Name and title of its device model. */
    readonly model: string;
    readonly title: string;
    readonly groups: readonly string[];
  }[];
  /** Ends are written as "node::port". */
  readonly links: readonly { readonly from: string; readonly to: string; readonly state: string }[];
  readonly bridges: readonly { readonly name: string; readonly ports: readonly string[] }[];
}

export interface LabFinding {
  readonly uri: string;
  /** Lines and columns count from 1; columns in UTF-16 units. */
  readonly line: number;
  readonly column: number;
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
}

/** What a document's lab consists of, and what is wrong with it. Null when it is not open or belongs to no lab. */
export const DescribeRequest = new RequestType<DescribeParams, LabDescription | null, void>("labscape/describe");

export interface Template {
  readonly name: string;
  /** A few words. */
  readonly description: string;
}

/** The manifests that one may begin with. */
export const TemplatesRequest = new RequestType0<readonly Template[], void>("labscape/templates");

export interface NewLabParams {
  /** Name of the template. */
  readonly template: string;
  /** Name of the lab. */
  readonly name: string;
}

/** The manifest, or why no lab can have this name. */
export type NewLab = { readonly text: string } | { readonly problem: string };

export const NewLabRequest = new RequestType<NewLabParams, NewLab, void>("labscape/newLab");
