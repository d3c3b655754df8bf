import { templates as builtinTemplates } from "@labscape/devices";
import nunjucks from "nunjucks";
import { LabError } from "../errors.js";
import { confineTemplates } from "./confine-templates.js";
import { filters } from "./filters.js";

confineTemplates();

/** A template may extend or include one that comes with Labscape, and no file of this machine. */
const builtin: nunjucks.ILoader = {
  async: false,
  getSource(name) {
    const src = Object.hasOwn(builtinTemplates, name) ? builtinTemplates[name] : undefined;
    if (src === undefined) throw new Error(`template not found among those that come with Labscape: "${name}"`);
    return { src, path: name, noCache: false };
  },
};

const environment = new nunjucks.Environment([builtin], { autoescape: false, throwOnUndefined: true });
for (const [name, filter] of Object.entries(filters)) environment.addFilter(name, filter);

/**
 * Renders a first-boot template (nunjucks; nothing is escaped but by the filters).
 *
 * @param name what a person calls the template: a path, or the name of a built-in one.
 * @throws LabError `template-error` with the line, for faults of syntax, undefined variables and values that a format
 *   cannot hold.
 */
export function render(name: string, template: string, context: object): string {
  try {
    return compiled(template).render(context);
  } catch (error) {
    throw new LabError(
      "template-error",
      `${name}: ${explain(error)}`,
      "Correct the template; docs/models.md lists its variables and filters.",
      { cause: error },
    );
  }
}

/** Nodes of one model share a template, and compiling it is most of the work. */
const templates = new Map<string, nunjucks.Template>();
const MOST_TEMPLATES = 100;

function compiled(text: string): nunjucks.Template {
  const known = templates.get(text);
  if (known !== undefined) return known;
  if (templates.size >= MOST_TEMPLATES) templates.clear();
  const template = new nunjucks.Template(text, environment, undefined, true);
  templates.set(text, template);
  return template;
}

/** The engine's own text without its placeholder for a file name; values are never part of it. */
function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message
    .replace(/^\(unknown path\)\s*/, "")
    .replace(/^\[Line (\d+), Column (\d+)\]\s*/, "line $1, column $2: ")
    .replaceAll(/\s+/g, " ")
    .trim();
}
