import { describe, expect, it } from "vitest";
import type { Reason } from "../../src/api/types";
import { byCode } from "../../src/queue/reasons";

describe("reasons in the queue", () => {
  it("are named once, in their order, with all that was said", () => {
    const reasons: Reason[] = [
      { code: "weight_differs", detail: "at entry", refers: true },
      { code: "mismatch", detail: "density", refers: true },
      { code: "weight_differs", detail: "at exit", refers: true },
    ];
    const grouped = byCode(reasons);
    expect(grouped.map(([code]) => code)).toEqual(["weight_differs", "mismatch"]);
    expect(grouped[0]?.[1].map((reason) => reason.detail)).toEqual(["at entry", "at exit"]);
  });
});
