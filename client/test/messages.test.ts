import { describe, expect, it } from "vitest";
import { badgesOf } from "../src/labs/badges.js";
import { readAnalyzed, readDiagram, readUris } from "../src/language/protocol.js";
import { readFromPage } from "../src/preview/messages.js";

const range = { start: { line: 1, character: 2 }, end: { line: 1, character: 5 } };
const analyzed = { uri: "file:///a", version: 3, manifest: true, lab: "a", errors: 0 };
const node = { id: "n", name: "a", model: "Tiny", uri: "file:///a", range };
const diagram = {
  version: 3,
  lab: "a",
  source: "flowchart LR",
  directed: false,
  nodes: [node],
  links: [{ from: "node_a", to: "bridge_lan", end: "a::eth1" }],
  errors: 0,
  broken: false,
};

describe("messages from outside", () => {
  it.each([
    ["a message of the server", readAnalyzed, { ...analyzed, more: 1 }, analyzed],
    ["one without a version", readAnalyzed, { ...analyzed, version: "3" }, undefined],
    ["included files", readUris, { uris: ["file:///a"] }, ["file:///a"]],
    ["included files of another shape", readUris, { uris: [1] }, undefined],
    ["a diagram", readDiagram, diagram, diagram],
    [
      "a diagram with a node of another shape",
      readDiagram,
      { ...diagram, nodes: [{ ...node, range: {} }] },
      { ...diagram, nodes: [] },
    ],
    ["no diagram", readDiagram, null, undefined],
    ["a click of the page", readFromPage, { type: "reveal", node: "a" }, { type: "reveal", node: "a" }],
    ["a click on nothing", readFromPage, { type: "reveal", node: 1 }, undefined],
    [
      "a button of the page",
      readFromPage,
      { type: "do", command: "savePicture" },
      { type: "do", command: "savePicture" },
    ],
    ["a command that is none of a page's", readFromPage, { type: "do", command: "destroy" }, undefined],
    [
      "a picture",
      readFromPage,
      { type: "rendered", format: "svg", data: "<svg/>" },
      { type: "rendered", format: "svg", data: "<svg/>" },
    ],
    ["a picture of another format", readFromPage, { type: "rendered", format: "exe", data: "" }, undefined],
    ["something else", readFromPage, { type: "run", command: "rm" }, undefined],
    ["a text", readFromPage, "ready", undefined],
  ])("%s", (_what, read, value, expected) => {
    expect(read(value)).toEqual(expected);
  });
});

describe("badgesOf", () => {
  it("shows what a booting node says, and a running node that is ready as such", () => {
    const status = { model: "tiny_linux", address: "" };
    const members = [
      { name: "ctl", state: "running" as const },
      { name: "fwd", state: "stopped" as const },
    ];
    const nodes = [
      { ...status, name: "a", state: "running" as const, ready: true },
      { ...status, name: "b", state: "running" as const, ready: false },
      { ...status, name: "c", state: "failed" as const, ready: false },
      { ...status, name: "d", state: "stopped" as const, ready: false, members },
    ];
    const phases = new Map([["b", "Starting network"]]);
    expect(badgesOf({ nodes, phases }, (state) => state)).toEqual({
      a: { state: "running", label: "ready" },
      b: { state: "booting", label: "booting: Starting network" },
      c: { state: "failed", label: "failed" },
      d: { state: "stopped", label: "stopped (fwd)" },
    });
  });
});
