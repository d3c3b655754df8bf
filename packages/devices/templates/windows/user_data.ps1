#ps1_sysnative
{%- macro quote(text) -%}
'{{ text | replace("'", "''") | replace("‘", "‘‘") | replace("’", "’’") | replace("‚", "‚‚") | replace("‛", "‛‛") }}'
{%- endmacro %}
$ErrorActionPreference = 'Stop'
$password = ConvertTo-SecureString {{ quote(password.plain) }} -AsPlainText -Force
if (Get-LocalUser -Name {{ quote(user) }} -ErrorAction SilentlyContinue) {
    Set-LocalUser -Name {{ quote(user) }} -Password $password
} else {
    New-LocalUser -Name {{ quote(user) }} -Password $password -PasswordNeverExpires
    Add-LocalGroupMember -SID 'S-1-5-32-544' -Member {{ quote(user) }}
}
{%- if ssh_keys.length %}
$keys = @(
{%- for key in ssh_keys %}
    {{ quote(key.line) }}
{%- endfor %}
)
$file = "$env:ProgramData\ssh\administrators_authorized_keys"
New-Item -ItemType Directory -Force -Path (Split-Path $file) | Out-Null
Set-Content -Path $file -Value $keys -Encoding ascii
icacls.exe $file /inheritance:r /grant '*S-1-5-18:F' /grant '*S-1-5-32-544:F' | Out-Null
{%- endif %}
{%- for variable in environment %}
[Environment]::SetEnvironmentVariable({{ quote(variable.name) }}, {{ quote(variable.value) }}, 'Machine')
{%- endfor %}
{%- for script in startup_scripts %}
& ([ScriptBlock]::Create({{ quote(script.content) }}))
{%- endfor %}
