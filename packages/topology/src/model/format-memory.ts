/** Memory in MiB as people say it. */
export function formatMemory(mebibytes: number): string {
  return mebibytes < 1024 ? `${mebibytes} MiB` : `${Number((mebibytes / 1024).toFixed(1))} GiB`;
}
