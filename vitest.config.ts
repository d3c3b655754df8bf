import { defineConfig } from "vitest/config";

// Tests read the sources of the workspace packages, so that they need no build first.
const source = {
  resolve: { conditions: ["labscape-source"] },
  ssr: { resolve: { conditions: ["labscape-source"] } },
};

export default defineConfig({
  test: {
    projects: [
      {
        ...source,
        test: {
          name: "unit",
          include: [
            "packages/*/test/**/*.test.ts",
            "server/test/**/*.test.ts",
            "client/test/**/*.test.ts",
            "scripts/test/**/*.test.mjs",
          ],
          // Some tests start other programs, on machines that are busy with other things.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...source,
        test: {
          name: "libvirt",
          include: ["test/libvirt/**/*.test.ts"],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        ...source,
        test: {
          name: "vscode",
          include: ["test/vscode/**/*.test.ts"],
          globalSetup: ["test/vscode/harness/pack.ts"],
          fileParallelism: false,
          expect: { poll: { timeout: 60_000 } },
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
