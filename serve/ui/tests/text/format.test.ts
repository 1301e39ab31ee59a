import { describe, expect, it } from "vitest";
import {
  age,
  containerNumber,
  difference,
  hsCode,
  kilograms,
  moment,
  scoreParts,
  searchTerm,
} from "../../src/text/format";

const at = (text: string) => Date.parse(text);

describe("ages", () => {
  it("are told in the coarsest units that matter", () => {
    const since = "2026-03-01T10:00:00Z";
    expect(age(since, at("2026-03-01T10:00:20Z"))).toBe("now");
    expect(age(since, at("2026-03-01T10:04:59Z"))).toBe("4 min");
    expect(age(since, at("2026-03-01T13:05:00Z"))).toBe("3 h 05");
    expect(age(since, at("2026-03-03T14:30:00Z"))).toBe("2 d 4 h");
  });

  it("never run backwards when clocks differ", () => {
    expect(age("2026-03-01T10:00:00Z", at("2026-03-01T09:00:00Z"))).toBe("now");
  });
});

describe("figures and codes", () => {
  it("are written as people read them", () => {
    expect(moment("2026-03-07T14:05:59+05:00")).toBe("2026-03-07 09:05 UTC");
    expect(moment(null)).toBe("–");
    expect(kilograms(24_810.4)).toBe("24,810 kg");
    expect(kilograms(null)).toBe("–");
    expect(hsCode("08051020")).toBe("0805.10.20");
    expect(hsCode("0805")).toBe("0805");
    expect(containerNumber("CSQU3054383")).toBe("CSQU 305438 3");
  });

  it("say by how much a weight differs", () => {
    expect(difference(10_500, 10_000)).toBe("+5.0 %");
    expect(difference(9000, 10_000)).toBe("−10.0 %");
    expect(difference(null, 10_000)).toBe("");
    expect(difference(9000, 0)).toBe("");
  });
});

describe("a search", () => {
  it("knows a container by its form and takes all else for a declaration", () => {
    expect(searchTerm(" csqu 305438-3 ")).toEqual({ container: "CSQU3054383" });
    expect(searchTerm("KAPS-AT-4711")).toEqual({ declaration: "KAPS-AT-4711" });
    expect(searchTerm("  ")).toBeNull();
  });
});

describe("a code's score", () => {
  it("says what is owed to standard images and what to expectation", () => {
    expect(scoreParts({ score: 0.75, expected: 0.05, references: 3 })).toBe(
      "0.70 by 3 standard images, +0.05 as such goods are expected to look",
    );
    expect(scoreParts({ score: 0.6, expected: -0.1 })).toBe(
      "0.70 by 0 standard images, −0.10 as such goods are expected to look",
    );
  });
});
