import type { Reason, ReasonCode } from "../api/types";

/** Groups reasons by code, in order: what was found at entry and again at exit is named once. */
export function byCode(reasons: readonly Reason[]): [ReasonCode, Reason[]][] {
  const groups = new Map<ReasonCode, Reason[]>();
  for (const reason of reasons) {
    groups.set(reason.code, [...(groups.get(reason.code) ?? []), reason]);
  }
  return [...groups];
}
