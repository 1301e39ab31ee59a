import { describe, expect, it } from "vitest";
import { renewalDelay } from "../../src/case/useCase";

describe("a lock", () => {
  const now = Date.parse("2026-03-01T10:00:00Z");

  it("is renewed half way to its end", () => {
    expect(renewalDelay("2026-03-01T10:01:00Z", now)).toBe(30_000);
  });

  it("is renewed at least every minute, and never in a rush", () => {
    expect(renewalDelay("2026-03-01T11:00:00Z", now)).toBe(60_000);
    expect(renewalDelay("2026-03-01T09:00:00Z", now)).toBe(5_000);
    expect(renewalDelay(null, now)).toBe(5_000);
  });
});
