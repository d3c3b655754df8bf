import { CompletionRequest, DefinitionRequest, HoverRequest } from "vscode-languageserver-protocol/node.js";
import type { Result } from "../result.js";
import { rowManifest } from "../support/labs.js";
import { startOwnServer } from "../support/servers.js";
import { timeCalls } from "../support/times.js";

const budget = 10;

/** Requests at an endpoint in the middle of the document, over the protocol. */
export default async function measure(): Promise<readonly Result[]> {
  const server = await startOwnServer(rowManifest(1_000));
  const { client, textDocument } = server;
  const { start, end } = server.rangeOf("node500::swp1");
  const ask = async (what: string, request: () => Promise<unknown>): Promise<Result> => {
    const { median } = await timeCalls(20, async () => {
      const answer = await request();
      if (answer === null || (Array.isArray(answer) && answer.length === 0)) throw new Error(`${what}: no answer`);
    });
    return { what: `${what}, 1,000 nodes, median`, unit: "ms", figure: median, budget };
  };
  const results = [
    await ask("completion", () => client.sendRequest(CompletionRequest.type, { textDocument, position: end })),
    await ask("hover", () => client.sendRequest(HoverRequest.type, { textDocument, position: start })),
    await ask("definition", () => client.sendRequest(DefinitionRequest.type, { textDocument, position: start })),
  ];
  await server.end();
  return results;
}
