/** A program that adds an image to the store and ends itself like `kill -9` in the middle of its upload. */
import { builtinCatalogue } from "@labscape/devices";
import { ImageStore, openHost } from "@labscape/lab";

export interface AddTask {
  readonly uri: string;
  readonly file: string;
  readonly model: string;
  readonly version: string;
  /** Bytes after which it ends. */
  readonly killAfter: number;
}

// What the test has written a moment before.
const { uri, file, model, version, killAfter } = JSON.parse(process.argv[2] ?? "") as AddTask;
const found = builtinCatalogue.find(model);
if (found === undefined) throw new Error(`no model ${model}`);
await new ImageStore(await openHost({ uri })).add(file, {
  model: found.model,
  version,
  onProgress: ({ done }) => {
    if (done > killAfter) process.kill(process.pid, "SIGKILL");
  },
});
