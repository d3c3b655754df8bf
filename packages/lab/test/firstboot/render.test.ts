import { describe, expect, it } from "vitest";
import { render } from "../../src/firstboot/render.js";

const context = { hostname: "r1", ports: [{ name: "eth1", mtu: null }], options: { a: "1" } };

describe("templates", () => {
  it("have conditions, loops, look-ups and filters, and escape nothing by themselves", () => {
    const text =
      '{% for port in ports %}{{ loop.index }}/{{ ports.length }} {{ port.name }}{{ ports[0]["name"] }}{% if port.mtu %}!{% endif %}{% endfor %} <{{ hostname | json }}> {{ options.b or "none" }} {{ "r" + "1" | upper }}';
    expect(render("x", text, context)).toBe('1/1 eth1eth1 <"r1"> none r1');
  });

  it.each([
    ["an undefined variable", "a\nb {{ nothing }}", "line 2"],
    ["a null value", "{{ ports[0].mtu }}", "undefined"],
    ["a fault of syntax", "x\n{% if %}", "line 2"],
    ["an unknown filter", "{{ hostname | nofilter }}", "nofilter"],
    ["a value that the format cannot hold", '{{ "a?b" | ios }}', '"?" cannot be written'],
    ["a file of this machine", '{% include "/etc/passwd" %}', "not found"],
  ])("say what is wrong: %s", (_, text, message) => {
    const attempt = (): string => render("r1.cfg", text, context);
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(expect.objectContaining({ code: "template-error" }));
    expect(attempt).toThrow(/^r1\.cfg: /);
  });

  // A template may come from a stranger: none of the ways from a value to JavaScript's own functions may work.
  it.each([
    "{{ range.constructor('return 1')() }}",
    "{% set k = 'constr' + 'uctor' %}{{ range[k]('return 1')() }}",
    "{{ ''.constructor.constructor('return 1')() }}",
    "{{ ports.map.constructor('return 1')() }}",
    "{{ ({}).__proto__.constructor.constructor('return 1')() }}",
    "{{ constructor.constructor('return 1')() }}",
    "{{ __proto__.constructor.constructor('return 1')() }}",
    "{{ constructor.getPrototypeOf(range).constructor('return 1')() }}",
    "{% macro m() %}{% endmacro %}{{ m.constructor('return 1')() }}",
    "{{ cycler('a').next.constructor('return 1')() }}",
    "{{ [range] | groupby('constructor') | list | first | attr('constructor') }}",
  ])("run no code: %s", (text) => {
    expect(() => render("x", text, context)).toThrow(expect.objectContaining({ code: "template-error" }));
  });
});
