import { FormatError, type Statement } from "./patterns.js";

/** PowerShell takes each of these for the quote of a literal, also for its end; two of them stand for one within it. */
const QUOTES = "'\u2018\u2019\u201a\u201b";
const LITERAL = new RegExp(`[${QUOTES}]((?:[^${QUOTES}]|([${QUOTES}])\\2)*)[${QUOTES}]`, "gu");

/** A script: the texts that it holds as literals, each a statement; what is outside of them is the template's own. */
export function readPowershell(text: string): readonly Statement[] {
  if (!text.startsWith("#ps1_sysnative\n")) throw new FormatError("the mark of a script is missing");
  const literals = [...text.matchAll(LITERAL)].map(([, inner = ""]) => [
    inner.replaceAll(new RegExp(`([${QUOTES}])\\1`, "gu"), "$1"),
  ]);
  const code = text.replaceAll(LITERAL, "L");
  const odd = /[^\n\x20-\x7e]/u.exec(code) ?? new RegExp(`[${QUOTES}]`, "u").exec(code);
  if (odd !== null) throw new FormatError(`a text ends too early: ${code.slice(odd.index, odd.index + 40)}`);
  for (const line of code.split("\n")) if (!OWN.test(line)) throw new FormatError(`not of the template: ${line}`);
  return literals;
}

/** Lines of the template with its literals taken out. */
const OWN = new RegExp(
  `^(?:${[
    String.raw`#ps1_sysnative|\s*|\)|\}|\s+L|\$keys = @\(|\$ErrorActionPreference = L`,
    String.raw`\$password = ConvertTo-SecureString L -AsPlainText -Force`,
    String.raw`if \(Get-LocalUser -Name L -ErrorAction SilentlyContinue\) \{|\} else \{`,
    String.raw`\s+(?:Set|New)-LocalUser -Name L -Password \$password(?: -PasswordNeverExpires)?`,
    String.raw`\s+Add-LocalGroupMember -SID L -Member L`,
    String.raw`\$file = "\$env:ProgramData\\ssh\\administrators_authorized_keys"`,
    String.raw`New-Item -ItemType Directory -Force -Path \(Split-Path \$file\) \| Out-Null`,
    String.raw`Set-Content -Path \$file -Value \$keys -Encoding ascii`,
    String.raw`icacls\.exe \$file /inheritance:r /grant L /grant L \| Out-Null`,
    String.raw`\[Environment\]::SetEnvironmentVariable\(L, L, L\)`,
    String.raw`& \(\[ScriptBlock\]::Create\(L\)\)`,
  ].join("|")})$`,
  "u",
);
