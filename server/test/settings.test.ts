import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readClientOptions } from "../src/options.js";
import { defaultSettings, MAX_INDEX_FILES, readSettings } from "../src/settings.js";

describe("settings", () => {
  it.each([null, undefined, {}, { uri: "qemu:///system" }, { index: {}, checks: {} }, { index: { files: null } }])(
    "%j are the defaults, without complaint",
    (section) => expect(readSettings(section)).toEqual({ settings: defaultSettings, problems: [] }),
  );

  it("are taken", () => {
    const { settings, problems } = readSettings({
      index: { files: 0 },
      checks: { "unused-group": "off" },
      models: ["models"],
    });
    expect(settings).toEqual({ models: ["models"], indexFiles: 0, severities: new Map([["unused-group", "off"]]) });
    expect(problems).toEqual([]);
  });

  it.each([
    [{ index: { files: -1 } }, "labscape.index.files must be a whole number from 0 to 10000; it is -1."],
    [{ index: { files: "many" } }, 'labscape.index.files must be a whole number from 0 to 10000; it is "many".'],
    [{ models: "models" }, 'labscape.models must be a list of folders; it is "models".'],
    [{ checks: [] }, "labscape.checks must be an object of check codes; it is []."],
    [{ checks: { "no-such": "off" } }, 'labscape.checks: there is no check "no-such".'],
    [
      { checks: { "unused-group": "loud" } },
      'labscape.checks.unused-group must be one of error, warning, information, hint, off; it is "loud".',
    ],
  ])("%j are refused in a sentence, and the defaults stay", (section, problem) =>
    expect(readSettings(section)).toEqual({ settings: defaultSettings, problems: [problem] }),
  );
});

it("the extension announces the same settings with the same defaults", () => {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const { contributes } = JSON.parse(text) as {
    contributes: { configuration: { properties: Record<string, { default: unknown; maximum?: number }> } };
  };
  const { properties } = contributes.configuration;
  expect(properties["labscape.index.files"]).toMatchObject({
    default: defaultSettings.indexFiles,
    maximum: MAX_INDEX_FILES,
  });
  expect(properties["labscape.checks"]?.default).toEqual({});
  expect(properties["labscape.models"]?.default).toEqual(defaultSettings.models);
});

describe("initialization options", () => {
  it("are taken", () => {
    const given = { codeLenses: true, files: true, checksFolder: "file:///docs/" };
    expect(readClientOptions(given)).toEqual({
      options: { codeLenses: true, files: true, checksFolder: "file:///docs" },
      problems: [],
    });
  });

  it.each([
    ["text", "initializationOptions must be an object; it is left aside."],
    [{ codeLenses: 1 }, "initializationOptions.codeLenses must be true or false; it is taken as false."],
    [{ checksFolder: 1 }, "initializationOptions.checksFolder must be a URI; there are no links to pages."],
    [{ colour: 1 }, "initializationOptions.colour is not known."],
  ])("%j are refused in a sentence, and the defaults stay", (given, problem) =>
    expect(readClientOptions(given)).toEqual({ options: { codeLenses: false, files: false }, problems: [problem] }),
  );
});
