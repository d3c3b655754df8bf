import { expect, it } from "vitest";
import { connectionProblem } from "../../src/host/connection-problem.js";

it.each<[uri: string | undefined, mend: RegExp]>([
  ["qemu:///system", /^Install and start libvirt.*Without root: qemu:\/\/\/session/],
  ["qemu+unix:///system?socket=/run/other", /^Install and start libvirt/],
  ["qemu:///session", /^Start a daemon of your own: `libvirtd --daemon`(?!.*Without root)/],
  ["qemu+ssh://ada@lab1.example/system", /^See that `ssh ada@lab1\.example` logs in.*libvirt runs there/],
  ["qemu+tls://lab1.example/system", /^See that lab1\.example is the right name.*qemu\+ssh/],
  [undefined, /^Install and start libvirt/],
])("says for %s where to look when nothing answers", (uri, mend) => {
  const problem = connectionProblem("unreachable", uri);
  expect(problem.code).toBe("libvirt-unreachable");
  expect(problem.mend).toMatch(mend);
});
