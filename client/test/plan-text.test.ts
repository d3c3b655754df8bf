import type { Plan, Step } from "@labscape/lab";
import { describe, expect, it } from "vitest";
import { planText, summarize } from "../src/deploy/plan-text.js";

function step(action: Step["action"], resource: Step["resource"], name: string, reason = "new", node?: string): Step {
  return {
    id: `${resource}/${name}/${action}`,
    action,
    resource,
    name,
    reason,
    ...(node === undefined ? {} : { node }),
  };
}

function plan(steps: readonly Step[], more: Partial<Plan> = {}): Plan {
  return { lab: "quarry", uri: "qemu:///system", steps, warnings: [], consents: [], ...more };
}

describe("planText", () => {
  it("lists every step in the marks of a diff, then warnings and what needs consent", () => {
    const steps = [
      step("create", "network", "management"),
      step("create", "domain", "a", "new", "a"),
      step("restart", "domain", "b", "memory 512 -> 1024 MiB", "b"),
      step("remove", "domain", "old", "not in the manifest", "old"),
    ];
    const consents = [{ node: "b", action: "restart" as const, reason: "memory 512 -> 1024 MiB" }];
    const warnings = [{ code: "no-kvm", message: "guests are slow", mend: "Use KVM." }];
    expect(planText(plan(steps, { consents, warnings }))).toMatchInlineSnapshot(`
      "# quarry on qemu:///system

      + create  network management new
      + create  domain  a          new
      ! restart domain  b          memory 512 -> 1024 MiB
      - remove  domain  old        not in the manifest

      # Warning: guests are slow
      #   Use KVM.
      # b needs a restart: memory 512 -> 1024 MiB
      "
    `);
  });

  it("says when there is nothing to do", () => {
    expect(planText(plan([]))).toContain("nothing to do");
  });
});

describe("summarize", () => {
  it("counts a node once, by what matters most, and the rest as others", () => {
    const steps = [
      step("create", "pool", "lab"),
      step("create", "volume", "a.qcow2", "new", "a"),
      step("create", "domain", "a", "new", "a"),
      step("start", "domain", "a", "new", "a"),
      step("stop", "domain", "b", "memory", "b"),
      step("restart", "domain", "b", "memory", "b"),
      step("start", "domain", "b", "restart", "b"),
      step("update", "domain", "c", "link state", "c"),
      step("start", "domain", "d", "stopped", "d"),
      step("remove", "domain", "e", "destroy", "e"),
    ];
    expect(summarize(plan(steps))).toEqual({
      create: ["a"],
      restart: ["b"],
      change: ["c"],
      start: ["d"],
      remove: ["e"],
      others: 2,
    });
  });
});
