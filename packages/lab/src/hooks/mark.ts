/** Second line of every hook of ours: by it we know them from those that others made under the same name. */
export const HOOK_MARK = "# Installed by `labscape init`, removed by `labscape init --remove`.";
