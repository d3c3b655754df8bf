import type { MermaidConfig } from "mermaid";

/**
 * Mermaid's configuration for the editor's present theme. Mermaid computes shades from these colours, so they must be
 * colours; the page's style sheet colours what has a role or a state, by the editor's own variables.
 */
export function mermaidConfig(): MermaidConfig {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string, fallback: string): string =>
    style.getPropertyValue(`--vscode-${name}`).trim() || fallback;
  const dark = isDark();
  const background = colour("editor-background", dark ? "#1e1e1e" : "#ffffff");
  const text = colour("editor-foreground", dark ? "#d4d4d4" : "#333333");
  const border = colour("contrastBorder", colour("editorWidget-border", dark ? "#454545" : "#c8c8c8"));
  return {
    startOnLoad: false,
    securityLevel: "strict",
    theme: "base",
    fontFamily: colour("font-family", "sans-serif"),
    themeVariables: {
      darkMode: dark,
      background,
      fontSize: "13px",
      primaryColor: colour("editorWidget-background", background),
      primaryTextColor: text,
      primaryBorderColor: border,
      lineColor: colour("descriptionForeground", text),
      textColor: text,
      edgeLabelBackground: background,
      clusterBkg: colour("sideBar-background", background),
      clusterBorder: border,
    },
    htmlLabels: false,
    flowchart: { useMaxWidth: false, nodeSpacing: 44, rankSpacing: 58, padding: 12, curve: "basis" },
  };
}

export function isDark(): boolean {
  const { classList } = document.body;
  return classList.contains("vscode-dark") || (classList.contains("vscode-high-contrast") && !isHighContrastLight());
}

function isHighContrastLight(): boolean {
  return document.body.classList.contains("vscode-high-contrast-light");
}

/** Calls back when the editor's theme changes: VS Code then rewrites the body's class and the root's style. */
export function onThemeChange(listener: () => void): void {
  const look = (): string => {
    const classes = [...document.body.classList].filter((name) => name.startsWith("vscode-"));
    return [...classes, document.body.dataset["vscodeThemeId"], document.documentElement.style.cssText].join("\n");
  };
  let last = look();
  // The page has classes of its own on the body, which are no theme.
  const observer = new MutationObserver(() => {
    const now = look();
    if (now === last) return;
    last = now;
    listener();
  });
  observer.observe(document.body, { attributes: true, attributeFilter: ["class", "data-vscode-theme-id"] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
}
