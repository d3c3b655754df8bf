import { describe, expect, it } from "vitest";
import { Phases } from "../../src/readiness/phases.js";
import { phaseText } from "../../src/readiness/phase-text.js";

describe("phaseText", () => {
  it.each([
    ["", ""],
    ["\r\n\r\n", ""],
    ["first\r\nsecond\r\n", "second"],
    ["[  OK  ] Started \u001b[0;1;39mLogin Service\u001b[0m.\r\n", "[  OK  ] Started Login Service."],
    ["progress 10%\rprogress 20%", "progress 20%"],
    ["\u001b]0;title\u0007prompt# \u001b[6n", "prompt#"],
    ["a\u0000b\tc\u007f", "a b c"],
    ["x".repeat(100), `${"x".repeat(71)}…`],
  ])("%j", (output, expected) => {
    expect(phaseText(output)).toBe(expected);
  });
});

describe("Phases", () => {
  it("shows the first line at once, then not every line, and keeps the last", () => {
    const shown: string[] = [];
    const phases = new Phases((phase) => shown.push(phase));
    for (let line = 0; line < 100; line++) phases.show(`line ${line}\n`);
    expect(shown[0]).toBe("line 0");
    expect(shown.length).toBeLessThan(50);
    expect(phases.last).toBe("line 99");
  });
});
