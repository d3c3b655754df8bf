import type { NodeDeclaration } from "../model/index.js";
import type { Text } from "../model/access.js";
import { replaceFix, type CheckContext } from "./context.js";

/** What nodes wait for: nodes that exist, and no circles. */
export function checkDependencies(context: CheckContext): void {
  const { manifest, nearest, report } = context;
  const seen = new Set<number>();
  for (const { dependsOn } of manifest.nodes)
    for (const dependency of dependsOn) {
      const { value } = dependency;
      if (manifest.nodesByName.has(value)) continue;
      const { range } = dependency;
      if (seen.has(range.start)) continue;
      seen.add(range.start);
      const near = nearest(value, manifest.nodesByName.keys());
      report(
        "unknown-node",
        range,
        `There is no node \`${value}\`.${near === undefined ? "" : ` Did you mean \`${near}\`?`}`,
        {
          fixes: near === undefined ? [] : [replaceFix(`Change to "${near}"`, range, near)],
        },
      );
    }
  checkCycles(context);
}

interface Step {
  readonly node: NodeDeclaration;
  /** What of `dependsOn` is looked at next. */
  next: number;
}

/** Depth-first with a stack of its own, so that a chain of any length is walked; each circle is reported once. */
function checkCycles({ manifest, report }: CheckContext): void {
  const done = new Set<NodeDeclaration>();
  for (const start of manifest.nodesByName.values()) {
    if (start.dependsOn.length === 0) continue;
    const stack: Step[] = done.has(start) ? [] : [{ node: start, next: 0 }];
    const onStack = new Set(stack.map(({ node }) => node));
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const dependency = top.node.dependsOn[top.next++];
      if (dependency === undefined) {
        done.add(top.node);
        onStack.delete(top.node);
        stack.pop();
        continue;
      }
      const node = manifest.nodesByName.get(dependency.value);
      if (node === undefined || done.has(node)) continue;
      if (onStack.has(node)) reportCycle(stack, node, dependency);
      else {
        stack.push({ node, next: 0 });
        onStack.add(node);
      }
    }
  }

  function reportCycle(stack: readonly Step[], first: NodeDeclaration, closing: Text): void {
    const circle = stack.slice(stack.findIndex(({ node }) => node === first)).map(({ node }) => node.name?.value ?? "");
    const path = [...circle, circle[0] ?? ""].map((name) => `\`${name}\``).join(" → ");
    const message =
      circle.length === 1
        ? `${path.split(" ")[0] ?? ""} waits for itself. Remove it from its own depends_on.`
        : `These nodes wait for one another: ${path}. Remove one of the dependencies.`;
    report("dependency-cycle", closing.range, message);
  }
}
