/** Whether a model's template is a file of its author and not one that comes with Labscape. */
export function isTemplateFile(template: string): boolean {
  return /^(?:\.{1,2}\/|\/|[A-Za-z]:[\\/]|file:)/.test(template);
}

/** The place of a template file that a model file names: a relative one starts at the model file's folder. */
export function locateTemplate(template: string, modelFile: string): string {
  let rest = template;
  let folder = folderOf(modelFile);
  for (let step = nextStep(rest); step !== undefined; step = nextStep(rest)) {
    if (step === "../") folder = folderOf(folder);
    rest = rest.slice(step.length);
  }
  return rest === template ? template : `${folder}/${rest}`;
}

function nextStep(path: string): "./" | "../" | undefined {
  return path.startsWith("./") ? "./" : path.startsWith("../") ? "../" : undefined;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/"), path.lastIndexOf("\\")));
}
