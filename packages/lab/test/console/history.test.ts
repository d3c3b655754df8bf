import { describe, expect, it } from "vitest";
import { History, HISTORY_SIZE, missedOutput } from "../../src/console/history.js";

describe("History", () => {
  it("keeps the last 256 KiB, whatever the pieces", () => {
    const history = new History();
    const all = Buffer.alloc(HISTORY_SIZE + 1000, "abcdefghijklmnopqrstuvwxyz");
    for (let at = 0; at < all.length; at += 777) history.add(all.subarray(at, at + 777));
    expect(Buffer.compare(history.bytes(), all.subarray(1000))).toBe(0);
    history.add(Buffer.from("end"));
    expect(history.bytes().subarray(-4).toString()).toBe(`${String.fromCharCode(all.at(-1) ?? 0)}end`);
    history.clear();
    expect(history.bytes()).toHaveLength(0);
  });
});

describe("missedOutput", () => {
  it.each([
    ["nothing seen, nothing early", "log", "", "", "log"],
    ["early output that the log holds too", "one two", "", "two", "one two"],
    ["early output that the log holds in part", "one tw", "", "two three", "one two three"],
    ["early output that the log does not hold yet", "one ", "", "two", "one two"],
    ["no log", "", "", "two", "two"],
    ["output while another program had the console", "boot seen theirs mine", "boot seen ", "mine", "theirs mine"],
    ["nothing said meanwhile", "boot seen", "boot seen", "", ""],
    ["a log that was begun anew", "new", "old", "", "new"],
  ])("%s", (_, log, seen, early, expected) => {
    const [a, b, c] = [log, seen, early].map((text) => Buffer.from(text));
    expect(missedOutput(a ?? Buffer.alloc(0), b ?? Buffer.alloc(0), c ?? Buffer.alloc(0)).toString()).toBe(expected);
  });
});
